#include <engine/row_encoder.hpp>

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <string>
#include <thread>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

#include <engine/rows.hpp>
#include <engine/text_parts.hpp>

namespace hezar::tokenizers {

namespace {

// What an encoder may keep; a text of some megabytes takes its memory along.
constexpr std::size_t kMaxKeptBytes = std::size_t{8} << 20U;
constexpr std::size_t kPartBytes = std::size_t{256} << 10U;  // of a text that is cut
constexpr std::size_t kRowsPerTurn = 32;                     // that a thread takes at a time

std::string place_of(std::size_t row, bool is_pair) {
  return text::concat("input ", row, is_pair ? ", pair" : "");
}

std::size_t thread_count(const EngineOptions& options, std::size_t rows) {
  const std::size_t wanted = options.threads == 0 ? std::thread::hardware_concurrency()
                                                  : static_cast<std::size_t>(options.threads);
  const std::size_t turns = (rows + kRowsPerTurn - 1) / kRowsPerTurn;
  return std::max<std::size_t>(1, std::min(wanted, turns));
}

/// Hands rows out to threads and keeps the error of the first row that has one.
class Turns {
 public:
  explicit Turns(std::size_t rows) : rows_(rows) {}

  /// encode(row) for every row that is left.
  template <class Encode>
  void run(const Encode& encode) {
    for (;;) {
      const std::size_t begin = next_.fetch_add(kRowsPerTurn);
      if (begin >= std::min(rows_, failed_row_.load())) return;
      const std::size_t end = std::min(begin + kRowsPerTurn, rows_);
      for (std::size_t row = begin; row < end; ++row) {
        try {
          encode(row);
        } catch (...) {
          fail(row, std::current_exception());
          break;
        }
      }
    }
  }
  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  void fail(std::size_t row, std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    if (row >= failed_row_.load()) return;
    failed_row_ = row;
    error_ = std::move(error);
  }

  std::size_t rows_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<std::size_t> failed_row_ = std::numeric_limits<std::size_t>::max();
  std::mutex mutex_;
  std::exception_ptr error_;
};

}  // namespace

void RowEncoder::begin(const EngineOptions& options) {
  options_ = &options;
  encoder_.begin(options);
}

Encoding RowEncoder::encode(const TokenizerInput& input, std::size_t row) {
  if (input.is_split) {
    encode_words(input.words, row, false, first_);
  } else {
    encode_text(input.text, row, false, first_);
  }
  if (!input.pair && !input.is_split_pair) {
    return build_row(row_template_, first_, nullptr, *options_);
  }
  if (input.is_split_pair) {
    encode_words(input.pair_words, row, true, second_);
  } else {
    encode_text(*input.pair, row, true, second_);
  }
  return build_row(row_template_, first_, &second_, *options_);
}

void RowEncoder::encode_text(std::string_view text, std::size_t row, bool is_pair,
                             SequenceTokens& out) {
  out.clear();
  if (const auto invalid = text::find_invalid_utf8(text)) {
    throw text::invalid_utf8_error(place_of(row, is_pair), text, *invalid);
  }
  encoder_.encode(text, kNoWord, out);
}

void RowEncoder::encode_words(std::span<const std::string> words, std::size_t row, bool is_pair,
                              SequenceTokens& out) {
  out.clear();
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (const auto invalid = text::find_invalid_utf8(words[i])) {
      throw text::invalid_utf8_error(text::concat(place_of(row, is_pair), ", word ", i), words[i],
                                     *invalid);
    }
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    encoder_.encode(words[i], static_cast<std::int64_t>(i), out);
  }
}

Encoding RowEncoder::encode_part(std::string_view part, const RowTemplate& rows, Position& before) {
  first_.clear();
  encoder_.encode(part, kNoWord, first_);
  for (Span& span : first_.offsets) {
    span.start += before.characters;
    span.end += before.characters;
  }
  for (std::int64_t& word : first_.words) word += before.words;
  before.characters += static_cast<std::int64_t>(text::count_characters(part));
  before.words += static_cast<std::int64_t>(encoder_.word_count());
  return build_row(rows, first_, nullptr, *options_);
}

void RowEncoders::encode_parts(std::string_view text, const EngineOptions& options,
                               const std::function<void(const Encoding&)>& take_part) {
  const bool is_cut = text.size() > kPartBytes && !options.truncation && !options.padding &&
                      can_cut(parts_, row_template_);
  if (!is_cut) {
    TokenizerInput input;
    input.text = text;
    take_part(encode({&input, 1}, options).front());
    return;
  }
  if (const auto invalid = text::find_invalid_utf8(text)) {
    throw text::invalid_utf8_error(place_of(0, false), text, *invalid);
  }
  const std::unique_ptr<RowEncoder> encoder = take();
  encoder->begin(options);
  RowEncoder::Position before;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = find_cut(text, std::min(begin + kPartBytes, text.size()));
    const RowTemplate rows = rows_of_part(row_template_, begin == 0, end == text.size());
    take_part(encoder->encode_part(text.substr(begin, end - begin), rows, before));
    begin = end;
  }
}

std::vector<Encoding> RowEncoders::encode(std::span<const TokenizerInput> inputs,
                                          const EngineOptions& options) {
  std::vector<Encoding> out(inputs.size());
  Turns turns(inputs.size());
  std::vector<std::unique_ptr<RowEncoder>> encoders(thread_count(options, inputs.size()));
  for (auto& encoder : encoders) encoder = take();
  std::atomic<std::size_t> next_encoder = 0;
  helpers_.run(encoders.size() - 1, [&] {
    RowEncoder& encoder = *encoders[next_encoder.fetch_add(1)];
    encoder.begin(options);
    turns.run([&](std::size_t row) { out[row] = encoder.encode(inputs[row], row); });
  });
  for (auto& encoder : encoders) give(std::move(encoder));
  turns.rethrow();
  return out;
}

std::unique_ptr<RowEncoder> RowEncoders::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      std::unique_ptr<RowEncoder> out = std::move(free_.back());
      free_.pop_back();
      return out;
    }
  }
  return std::make_unique<RowEncoder>(parts_, row_template_);
}

void RowEncoders::give(std::unique_ptr<RowEncoder> encoder) {
  if (encoder->kept_bytes() > kMaxKeptBytes) return;
  const std::lock_guard lock(mutex_);
  free_.push_back(std::move(encoder));
}

}  // namespace hezar::tokenizers
