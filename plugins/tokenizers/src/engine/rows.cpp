#include <engine/rows.hpp>

#include <algorithm>
#include <string_view>
#include <tuple>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::tokenizers {

namespace {

// Overflow of two long sequences combines; what is beyond this is a mistake, not a wish.
constexpr std::size_t kMaxOverflowTokens = std::size_t{1} << 26U;
constexpr std::size_t kMaxPaddedLength = std::size_t{1} << 26U;

/// Which part of each template piece a row takes; 0 is the one that is kept. None: all kept ones.
using Choice = std::vector<std::uint32_t>;

std::uint32_t part_of(const Choice& choice, std::size_t piece) {
  return choice.empty() ? 0 : choice[piece];
}

struct Sources {
  const RowTemplate& row_template;
  const std::vector<TemplatePiece>& pieces;
  const SequenceTokens* tokens[2];
  SequenceParts parts[2];  // none: a sequence is whole

  [[nodiscard]] std::size_t which(const TemplatePiece& piece) const {
    return *piece.sequence == SequenceId::kFirst ? 0 : 1;
  }
  [[nodiscard]] TokenRange range(std::size_t which_one, std::uint32_t part) const {
    const SequenceParts& of = parts[which_one];
    return of.empty() ? TokenRange(0, tokens[which_one]->size()) : of[part];
  }
};

template <class To, class From>
void append_range(std::vector<To>& out, const std::vector<From>& from, TokenRange range) {
  const auto begin = from.begin();
  out.insert(out.end(), begin + static_cast<std::ptrdiff_t>(range.first),
             begin + static_cast<std::ptrdiff_t>(range.second));
}

class RowBuilder {
 public:
  RowBuilder(const Sources& sources, const EngineOptions& options)
      : sources_(sources), options_(options) {}

  /// @param out  is overwritten; its memory is used again.
  void build(const Choice& choice, Encoding& out) const {
    clear(out);
    reserve(choice, out);
    for (std::size_t i = 0; i < sources_.pieces.size(); ++i) {
      const TemplatePiece& piece = sources_.pieces[i];
      if (piece.sequence) {
        append_sequence(piece, part_of(choice, i), out);
      } else if (options_.add_special_tokens) {
        append_special(piece, out);
      }
    }
    if (options_.return_attention_mask) out.attention_mask.assign(out.ids.size(), 1);
  }

 private:
  static void clear(Encoding& out) {
    out.ids.clear();
    out.type_ids.clear();
    out.attention_mask.clear();
    out.special_tokens_mask.clear();
    out.tokens.clear();
    out.offsets.clear();
    out.word_ids.clear();
    out.truncated = false;
    out.overflowing.clear();
  }

  [[nodiscard]] std::size_t length(const Choice& choice) const {
    std::size_t out = 0;
    for (std::size_t i = 0; i < sources_.pieces.size(); ++i) {
      const TemplatePiece& piece = sources_.pieces[i];
      out += piece.ids.size();
      if (!piece.sequence) continue;
      const auto [begin, end] = sources_.range(sources_.which(piece), part_of(choice, i));
      out += end - begin;
    }
    return out;
  }

  void reserve(const Choice& choice, Encoding& out) const {
    const std::size_t size = length(choice);
    out.ids.reserve(size);
    if (options_.return_type_ids) out.type_ids.reserve(size);
    if (options_.return_attention_mask) out.attention_mask.reserve(size);
    if (options_.return_tokens) out.tokens.reserve(size);
    if (options_.return_offsets) out.offsets.reserve(size);
    if (options_.return_word_ids) out.word_ids.reserve(size);
    if (options_.return_special_tokens_mask) out.special_tokens_mask.reserve(size);
  }

  void append_sequence(const TemplatePiece& piece, std::uint32_t part, Encoding& out) const {
    const std::size_t which = sources_.which(piece);
    const SequenceTokens& from = *sources_.tokens[which];
    const TokenRange range = sources_.range(which, part);
    const std::size_t count = range.second - range.first;
    append_range(out.ids, from.ids, range);
    if (options_.return_type_ids) append_type_ids(piece, part, count, out.type_ids);
    if (options_.return_special_tokens_mask) {
      out.special_tokens_mask.insert(out.special_tokens_mask.end(), count, 0);
    }
    if (options_.return_offsets) {
      append_range(out.offsets, from.offsets, range);
      trim_offsets(which, from, range, out.offsets);
    }
    if (options_.return_word_ids) append_range(out.word_ids, from.words, range);
    if (options_.return_tokens) append_range(out.tokens, from.tokens, range);
  }

  /// The reference sets the template's type ids only on the part that is kept.
  void append_type_ids(const TemplatePiece& piece, std::uint32_t part, std::size_t count,
                       Integers& out) const {
    const auto natural = static_cast<std::int64_t>(sources_.which(piece));
    const std::int64_t type_id =
        part == 0 ? piece.type_id.value_or(natural)
                  : (options_.add_special_tokens ? piece.overflow_type_id : std::nullopt)
                        .value_or(natural);
    out.insert(out.end(), count, type_id);
  }

  /// Trims the offsets of a part, which are the last ones of `out`.
  void trim_offsets(std::size_t which, const SequenceTokens& from, TokenRange range,
                    Spans& out) const {
    Span* spans = out.data() + out.size() - (range.second - range.first);
    for (const OffsetTrim& trim : sources_.row_template.trims) {
      const bool is_led = trim.continues || (trim.is_led[which] && options_.add_special_tokens);
      for (std::size_t i = range.first; i < range.second; ++i) {
        Span& span = spans[i - range.first];
        std::int64_t leading = from.spaces[i].leading;
        const std::int64_t trailing = from.spaces[i].trailing;
        const bool is_first = (i == range.first && !is_led) || span.start == 0;
        if (is_first && trim.add_prefix_space && leading == 1) leading = 0;
        span.start = std::min(span.start + leading, span.end);
        if (span.end >= trailing) span.end = std::max(span.end - trailing, span.start);
      }
    }
  }

  void append_special(const TemplatePiece& piece, Encoding& out) const {
    const std::size_t count = piece.ids.size();
    out.ids.insert(out.ids.end(), piece.ids.begin(), piece.ids.end());
    if (options_.return_type_ids) {
      out.type_ids.insert(out.type_ids.end(), count, piece.type_id.value_or(0));
    }
    if (options_.return_special_tokens_mask) {
      out.special_tokens_mask.insert(out.special_tokens_mask.end(), count, 1);
    }
    if (options_.return_offsets) out.offsets.insert(out.offsets.end(), count, Span{});
    if (options_.return_word_ids) out.word_ids.insert(out.word_ids.end(), count, kNoWord);
    if (options_.return_tokens) {
      out.tokens.insert(out.tokens.end(), piece.tokens.begin(), piece.tokens.end());
    }
  }

  const Sources& sources_;
  const EngineOptions& options_;
};

/// The rows that the reference makes of overflowing parts, in its order: it merges piece after
/// piece, each merge combining what overflowed so far with every part of the next piece.
std::vector<Choice> overflow_choices(const Sources& sources) {
  std::vector<Choice> out;
  Choice kept;
  for (const TemplatePiece& piece : sources.pieces) {
    const std::size_t parts = piece.sequence ? sources.parts[sources.which(piece)].size() : 1;
    std::vector<Choice> merged;
    const auto add = [&](const Choice& choice, std::size_t part) {
      merged.push_back(choice);
      merged.back().push_back(static_cast<std::uint32_t>(part));
      if (merged.size() > kMaxOverflowTokens / 16) {
        throw expected_error(ErrorCode::kValue, "overflowing rows", "at most 4,194,304 of them",
                             "more", "Raise max_length or lower stride.");
      }
    };
    for (const Choice& choice : out) {
      for (std::size_t part = 0; part < parts; ++part) add(choice, part);
    }
    for (std::size_t part = 1; part < parts; ++part) add(kept, part);
    out = std::move(merged);
    kept.push_back(0);
  }
  return out;
}

void pad(Encoding& row, std::size_t length, const PaddingParams& params,
         const EngineOptions& options) {
  for (Encoding& overflow : row.overflowing) pad(overflow, length, params, options);
  if (row.ids.size() >= length) return;
  const std::size_t missing = length - row.ids.size();
  const auto fill = [&](auto& column, const auto& value) {
    column.insert(params.direction == Side::kLeft ? column.begin() : column.end(), missing, value);
  };
  fill(row.ids, params.pad_id);
  if (options.return_type_ids) fill(row.type_ids, params.pad_type_id);
  if (options.return_attention_mask) fill(row.attention_mask, 0);
  if (options.return_special_tokens_mask) fill(row.special_tokens_mask, 1);
  if (options.return_offsets) fill(row.offsets, Span{});
  if (options.return_word_ids) fill(row.word_ids, kNoWord);
  if (options.return_tokens) fill(row.tokens, params.pad_token);
}

}  // namespace

void build_row(const RowTemplate& row_template, const SequenceTokens& first,
               const SequenceTokens* second, const EngineOptions& options, Encoding& row) {
  const bool is_pair = second != nullptr;
  Sources sources{row_template, row_template.pieces(is_pair), {&first, second}, {}};
  if (options.truncation) {
    const std::size_t added = options.add_special_tokens ? row_template.added(is_pair) : 0;
    const std::int64_t lengths[2] = {static_cast<std::int64_t>(first.size()),
                                     is_pair ? static_cast<std::int64_t>(second->size()) : -1};
    std::tie(sources.parts[0], sources.parts[1]) =
        truncate(lengths[0], lengths[1], static_cast<std::int64_t>(added), *options.truncation);
  }
  const RowBuilder builder(sources, options);
  builder.build({}, row);
  row.truncated = sources.parts[0].size() > 1 || sources.parts[1].size() > 1;
  if (!row.truncated || !options.return_overflowing) return;
  std::size_t tokens = 0;
  for (const Choice& choice : overflow_choices(sources)) {
    builder.build(choice, row.overflowing.emplace_back());
    row.overflowing.back().truncated = true;
    tokens += row.overflowing.back().ids.size();
    if (tokens <= kMaxOverflowTokens) continue;
    throw expected_error(ErrorCode::kValue, "overflowing rows",
                         text::concat("at most ", kMaxOverflowTokens, " tokens in them"), "more",
                         "Raise max_length or lower stride.");
  }
}

void pad_rows(std::vector<Encoding>& rows, const PaddingParams& params,
              const EngineOptions& options) {
  std::size_t length = static_cast<std::size_t>(params.length.value_or(0));
  if (!params.length) {
    for (const Encoding& row : rows) length = std::max(length, row.ids.size());
  }
  const auto multiple = static_cast<std::size_t>(params.multiple_of);
  if (multiple > 0 && length % multiple > 0) length += multiple - length % multiple;
  if (length > kMaxPaddedLength) {
    throw expected_error(ErrorCode::kValue, "padding",
                         text::concat("rows of at most ", kMaxPaddedLength, " tokens"),
                         text::concat(length));
  }
  for (Encoding& row : rows) pad(row, length, params, options);
}

}  // namespace hezar::tokenizers
