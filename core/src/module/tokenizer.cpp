#include <hezar/module/tokenizer.hpp>

#include <algorithm>
#include <utility>

#include <hezar/config/described.hpp>
#include <hezar/error/error.hpp>
#include <hezar/log/log.hpp>
#include <hezar/module/tokenizer_options.hpp>
#include <hezar/text/concat.hpp>
#include <module/family.hpp>

namespace hezar {

namespace {

constexpr std::string_view kOrigin = "tokenizer options";

Padding padding_of(const TokenizerOptions& options) {
  if (const bool* on = std::get_if<bool>(&options.padding)) {
    return *on ? Padding::kLongest : Padding::kNone;
  }
  const std::string& name = std::get<std::string>(options.padding);
  if (name == "no_padding") return Padding::kNone;
  if (name == "longest") return Padding::kLongest;
  // the reference pads to the longest row where max_length is not given
  if (name == "max_length") return options.max_length ? Padding::kMaxLength : Padding::kLongest;
  throw unknown_name_error(ErrorCode::kValue, text::concat(kOrigin, ": padding"), "a way to pad",
                           name, {"longest", "max_length", "no_padding"});
}

Truncation truncation_of(const TokenizerOptions& options) {
  Truncation out = Truncation::kNone;
  if (const bool* on = std::get_if<bool>(&options.truncation)) {
    out = *on ? Truncation::kLongestFirst : Truncation::kNone;
  } else {
    const std::string& name = std::get<std::string>(options.truncation);
    if (name == "longest_first") {
      out = Truncation::kLongestFirst;
    } else if (name == "only_first") {
      out = Truncation::kOnlyFirst;
    } else if (name == "only_second") {
      out = Truncation::kOnlySecond;
    } else if (name != "no_truncation") {
      throw unknown_name_error(ErrorCode::kValue, text::concat(kOrigin, ": truncation"),
                               "a way to truncate", name,
                               {"longest_first", "only_first", "only_second", "no_truncation"});
    }
  }
  return options.max_length ? out : Truncation::kNone;
}

/// null means the default, as in the reference.
TokenizerOptions read(const boost::json::object& given) {
  boost::json::object values;
  for (const auto& [key, value] : given) {
    if (!value.is_null() || (key != "padding" && key != "truncation")) values[key] = value;
  }
  const auto options = read_options<TokenizerOptions>(values, kOrigin);
  if (options.padding_strategy) log::warning("`padding_strategy` was deprecated, use `padding`");
  if (options.truncation_strategy) {
    log::warning("`truncation_strategy` was deprecated, use `truncation`");
  }
  return options;
}

EncodeOptions encode_options(const TokenizerOptions& options, const boost::json::object& config) {
  EncodeOptions out;
  out.add_special_tokens = options.add_special_tokens;
  out.padding = padding_of(options);
  out.truncation = truncation_of(options);
  out.max_length = options.max_length.value_or(0);
  if (const boost::json::value* stride = config.if_contains("stride")) {
    out.stride = stride->is_int64() ? stride->get_int64() : 0;
  }
  out.pad_to_multiple_of = options.pad_to_multiple_of.value_or(0);
  out.return_tokens = options.return_tokens.value_or(false);
  // Tokens of bytes are shown by what they stand for.
  out.return_offsets = options.return_offsets_mapping || out.return_tokens;
  out.return_word_ids = options.return_word_ids;
  out.return_special_tokens_mask = options.return_special_tokens_mask;
  out.return_overflowing = options.return_overflowing_tokens;
  return out;
}

/// Views of a column of texts or of word lists.
class RawTexts {
 public:
  RawTexts(const Column& column, std::string_view name, bool is_split_into_words) {
    if (const auto* words = std::get_if<std::vector<Strings>>(&column)) {
      for (const Strings& row : *words) rows_.emplace_back(row);
      is_split_ = true;
    } else if (const auto* texts = std::get_if<Strings>(&column)) {
      is_split_ = is_split_into_words;
      if (is_split_) rows_.emplace_back(*texts);  // one row: its words
      if (!is_split_) texts_ = texts;
    } else {
      throw expected_error(ErrorCode::kValue, text::concat("column \"", name, '"'),
                           "texts, or lists of words", describe(column));
    }
  }

  [[nodiscard]] std::size_t size() const { return is_split_ ? rows_.size() : texts_->size(); }
  void fill_first(TokenizerInput& input, std::size_t row) const {
    input.is_split = is_split_;
    if (is_split_) input.words = rows_[row];
    if (!is_split_) input.text = (*texts_)[row];
  }
  void fill_pair(TokenizerInput& input, std::size_t row) const {
    input.is_split_pair = is_split_;
    if (is_split_) input.pair_words = rows_[row];
    if (!is_split_) input.pair = (*texts_)[row];
  }

 private:
  bool is_split_ = false;
  const Strings* texts_ = nullptr;
  std::vector<std::span<const std::string>> rows_;
};

std::vector<TokenizerInput> inputs_of(const Inputs& raw, bool is_split_into_words) {
  const RawTexts first(raw.at(kRawInputs), kRawInputs, is_split_into_words);
  if (first.size() == 0) {
    throw expected_error(ErrorCode::kValue, "tokenizer", "at least one input", "an empty list");
  }
  std::vector<TokenizerInput> out(first.size());
  for (std::size_t i = 0; i < out.size(); ++i) first.fill_first(out[i], i);
  const Column* column = raw.find(kRawPairs);
  if (column == nullptr) return out;
  const RawTexts second(*column, kRawPairs, is_split_into_words);
  if (second.size() != out.size()) {
    throw expected_error(ErrorCode::kValue, "column \"pairs\"",
                         text::concat("one for each of the ", out.size(), " inputs"),
                         text::concat(second.size()));
  }
  for (std::size_t i = 0; i < out.size(); ++i) second.fill_pair(out[i], i);
  return out;
}

/// All rows: overflowing ones follow their input.
struct Rows {
  std::vector<const Encoding*> rows;
  Integers samples;
  bool are_equally_long = true;
};

Rows flatten(const std::vector<Encoding>& encodings) {
  Rows out;
  const auto add = [&out](const Encoding& row, std::size_t sample) {
    out.rows.push_back(&row);
    out.samples.push_back(static_cast<std::int64_t>(sample));
    if (row.ids.size() != out.rows.front()->ids.size()) out.are_equally_long = false;
  };
  for (std::size_t i = 0; i < encodings.size(); ++i) {
    add(encodings[i], i);
    for (const Encoding& row : encodings[i].overflowing) add(row, i);
  }
  return out;
}

template <class T>
std::vector<T> collect(const Rows& rows, T Encoding::* column) {
  std::vector<T> out;
  out.reserve(rows.rows.size());
  for (const Encoding* row : rows.rows) out.push_back(row->*column);
  return out;
}

/// As the reference shows tokens; those of word lists have no text to show parts of.
std::vector<Strings> readable(const Tokenizer& tokenizer, const Rows& rows,
                              const std::vector<TokenizerInput>& inputs) {
  std::vector<Strings> out;
  for (std::size_t i = 0; i < rows.rows.size(); ++i) {
    const TokenizerInput& input = inputs[static_cast<std::size_t>(rows.samples[i])];
    const Encoding& row = *rows.rows[i];
    out.push_back(input.is_split ? row.tokens : tokenizer.readable_tokens(row, input.text));
  }
  return out;
}

Column integers(const Rows& rows, Integers Encoding::* column, bool as_tensor) {
  if (!as_tensor) return collect(rows, column);
  const std::size_t width = (rows.rows.front()->*column).size();
  Tensor out =
      Tensor::empty({static_cast<std::int64_t>(rows.rows.size()), static_cast<std::int64_t>(width)},
                    DType::kInt64);
  auto to = out.values<std::int64_t>().begin();
  for (const Encoding* row : rows.rows) to = std::copy_n((row->*column).begin(), width, to);
  return out;
}

bool wants_tensors(const TokenizerOptions& options, const Rows& rows) {
  if (options.return_tensors == "list") return false;
  if (options.return_tensors && !rows.are_equally_long) {
    throw expected_error(ErrorCode::kValue, "tokenizer", "rows of one length for a tensor",
                         "rows of several lengths", "Set padding.");
  }
  return rows.are_equally_long;
}

}  // namespace

Tokenizer::~Tokenizer() = default;

FileLayout Tokenizer::layout() const {
  FileLayout layout = kTokenizerFamily.layout();
  layout.files = {"tokenizer.json"};
  return layout;
}

void* Tokenizer::interface(std::string_view id) noexcept {
  return id == kInterfaceId ? this : Preprocessor::interface(id);
}

void Tokenizer::encode_parts(std::string_view text, const EncodeOptions& options,
                             const std::function<void(const Encoding&)>& take_part) const {
  TokenizerInput input;
  input.text = text;
  take_part(encode_batch({&input, 1}, options).front());
}

Strings Tokenizer::readable_tokens(const Encoding& encoding, std::string_view /*text*/) const {
  return encoding.tokens;
}

std::vector<Encoding> Tokenizer::encode(const Strings& texts, const EncodeOptions& options) const {
  std::vector<TokenizerInput> inputs(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) inputs[i].text = texts[i];
  return encode_batch(inputs, options);
}

std::string Tokenizer::decode(const Integers& ids, bool skip_special_tokens) const {
  return std::move(decode_batch({&ids, 1}, skip_special_tokens).front());
}

std::optional<std::int64_t> Tokenizer::role_id(std::string_view role) const {
  for (const SpecialToken& token : special_tokens()) {
    if (token.role == role && token.id >= 0) return token.id;
  }
  return std::nullopt;
}

Inputs Tokenizer::process(const Inputs& raw, const boost::json::object& options) const {
  const TokenizerOptions wanted = read(options);
  const std::vector<TokenizerInput> inputs = inputs_of(raw, wanted.is_split_into_words);
  const std::vector<Encoding> encodings = encode_batch(inputs, encode_options(wanted, config()));
  const Rows rows = flatten(encodings);
  const bool as_tensors = wants_tensors(wanted, rows);
  Inputs out;
  out.set("token_ids", integers(rows, &Encoding::ids, as_tensors));
  if (wanted.return_token_type_ids.value_or(true)) {
    out.set("token_type_ids", integers(rows, &Encoding::type_ids, as_tensors));
  }
  if (wanted.return_attention_mask) {
    out.set("attention_mask", integers(rows, &Encoding::attention_mask, as_tensors));
  }
  if (wanted.return_special_tokens_mask) {
    out.set("special_tokens_mask", integers(rows, &Encoding::special_tokens_mask, as_tensors));
  }
  if (wanted.return_offsets_mapping) {
    out.set("offsets_mapping", collect(rows, &Encoding::offsets));
  }
  if (wanted.return_length) {
    Integers lengths;
    for (const Encoding* row : rows.rows) {
      lengths.push_back(static_cast<std::int64_t>(row->ids.size()));
    }
    out.set("length", std::move(lengths));
  }
  if (wanted.return_tokens.value_or(false)) out.set("tokens", readable(*this, rows, inputs));
  if (wanted.return_word_ids) out.set("word_ids", collect(rows, &Encoding::word_ids));
  if (wanted.return_overflowing_tokens) out.set("overflow_to_sample_mapping", rows.samples);
  return out;
}

}  // namespace hezar
