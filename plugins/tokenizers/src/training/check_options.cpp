#include <training/check_options.hpp>

#include <cstdint>
#include <string_view>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::int64_t kMaxVocabulary = 100'000'000;

void check_range(std::string_view name, std::int64_t value, std::int64_t minimum,
                 std::int64_t maximum) {
  if (value >= minimum && value <= maximum) return;
  throw expected_error(ErrorCode::kConfig, text::concat("training: ", name),
                       text::concat("a number from ", minimum, " to ", maximum),
                       text::concat(value));
}

void check_texts(std::string_view name, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    const std::string object = text::concat("training: ", name);
    if (text.empty()) {
      throw expected_error(ErrorCode::kConfig, object, "texts that are not empty", "an empty one");
    }
    if (const auto invalid = text::find_invalid_utf8(text)) {
      throw text::invalid_utf8_error(object, text, *invalid);
    }
  }
}

}  // namespace

void check_training_options(const TrainingOptions& options) {
  constexpr std::int64_t kAny = INT64_MAX;
  check_range("vocab_size", options.vocab_size, 1, kMaxVocabulary);
  check_range("min_frequency", options.min_frequency, 0, kAny);
  if (options.limit_alphabet) check_range("limit_alphabet", *options.limit_alphabet, 1, kAny);
  if (options.max_token_length) check_range("max_token_length", *options.max_token_length, 1, kAny);
  check_texts("initial_alphabet", options.initial_alphabet);
  check_texts("special_tokens", options.special_tokens);
  if (options.unk_token) check_texts("unk_token", {*options.unk_token});
  check_range("n_sub_iterations", options.n_sub_iterations, 1, 1000);
  check_range("max_piece_length", options.max_piece_length, 1, 1000);
  check_range("seed_size", options.seed_size, 1, kMaxVocabulary);
  if (!(options.shrinking_factor > 0 && options.shrinking_factor < 1)) {
    throw expected_error(ErrorCode::kConfig, "training: shrinking_factor",
                         "a number between 0 and 1", text::concat(options.shrinking_factor));
  }
}

void check_stop(const TrainingOptions& options) {
  if (options.stop.stop_requested()) throw Error(ErrorCode::kCancelled, "training: stopped");
}

}  // namespace hezar::tokenizers
