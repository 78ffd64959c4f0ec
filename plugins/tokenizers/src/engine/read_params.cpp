#include <engine/read_params.hpp>

#include <limits>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::int64_t kMaxLength = std::numeric_limits<std::int64_t>::max();

void check_truncation(const JsonCursor& json) {
  json.only({"direction", "max_length", "strategy", "stride"});
  if (const auto direction = json.find("direction")) (void)direction->one_of({"Left", "Right"});
  (void)json.at("max_length").integer(kMaxLength);
  (void)json.at("strategy").one_of({"LongestFirst", "OnlyFirst", "OnlySecond"});
  (void)json.at("stride").integer(kMaxLength);
}

void check_padding(const JsonCursor& json) {
  json.only({"strategy", "direction", "pad_to_multiple_of", "pad_id", "pad_type_id", "pad_token"});
  const JsonCursor strategy = json.at("strategy");
  if (strategy.value().is_object()) {
    strategy.only({"Fixed"});
    (void)strategy.at("Fixed").integer(kMaxLength);
  } else {
    (void)strategy.one_of({"BatchLongest"});
  }
  (void)json.at("direction").one_of({"Left", "Right"});
  if (const auto multiple = json.find("pad_to_multiple_of")) (void)multiple->integer(kMaxLength);
  (void)json.at("pad_id").integer(kMaxLength);
  (void)json.at("pad_type_id").integer(kMaxLength);
  (void)json.at("pad_token").string();
}

void check_not_negative(std::int64_t value, std::string_view name) {
  if (value >= 0) return;
  throw expected_error(ErrorCode::kValue, name, "an integer >= 0", text::concat(value));
}

}  // namespace

void check_params(const JsonCursor& json) {
  if (const auto truncation = json.find("truncation")) check_truncation(*truncation);
  if (const auto padding = json.find("padding")) check_padding(*padding);
}

void check_options(const EngineOptions& options) {
  check_not_negative(options.threads, "threads");
  if (options.truncation) {
    check_not_negative(options.truncation->max_length, "max_length");
    check_not_negative(options.truncation->stride, "stride");
  }
  if (options.padding) {
    check_not_negative(options.padding->length.value_or(0), "padding length");
    check_not_negative(options.padding->multiple_of, "pad_to_multiple_of");
  }
}

}  // namespace hezar::tokenizers
