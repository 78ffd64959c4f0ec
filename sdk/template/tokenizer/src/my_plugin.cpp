#include <my_plugin.hpp>

#include <algorithm>
#include <limits>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/text/utf8.hpp>

namespace {

constexpr std::int64_t kPad = 0;
constexpr std::int64_t kBos = 1;
constexpr std::int64_t kEos = 2;
constexpr std::int64_t kFirstByte = 3;  // the id of byte b is b + 3
constexpr std::int64_t kVocabSize = kFirstByte + 256;

/// "61" for the byte of "a": bytes are no texts, their numbers are.
std::string byte_token(std::int64_t byte) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto value = static_cast<std::size_t>(byte);
  return {'0', 'x', kDigits[value / 16], kDigits[value % 16]};
}

void append_text(hezar::Encoding& row, std::string_view text, std::int64_t type,
                 std::int64_t limit) {
  std::int64_t character = -1;
  for (const char c : text) {
    if (!hezar::text::is_utf8_continuation(c)) ++character;
    if (static_cast<std::int64_t>(row.ids.size()) >= limit) {
      row.truncated = true;
      return;
    }
    const std::int64_t byte = static_cast<unsigned char>(c);
    row.ids.push_back(byte + kFirstByte);
    row.type_ids.push_back(type);
    row.attention_mask.push_back(1);
    row.special_tokens_mask.push_back(0);
    row.tokens.push_back(byte_token(byte));
    row.offsets.push_back({character, character + 1});
    row.word_ids.push_back(type);
  }
}

/// The words of a text that was split already, with spaces between them.
std::string text_of(const hezar::TokenizerInput& input) {
  if (!input.is_split) return std::string(input.text);
  std::string out;
  for (const std::string& word : input.words) out.append(out.empty() ? word : " " + word);
  return out;
}

}  // namespace

MyPlugin::MyPlugin(Config config, const hezar::BuildContext& /*context*/)
    : config_(std::move(config)) {}

void MyPlugin::append_special(hezar::Encoding& row, std::int64_t id, std::int64_t mask) const {
  row.ids.push_back(id);
  row.type_ids.push_back(0);
  row.attention_mask.push_back(mask);
  row.special_tokens_mask.push_back(1);
  row.tokens.push_back(*id_to_token(id));
  row.offsets.push_back({0, 0});
  row.word_ids.push_back(hezar::kNoWord);
}

hezar::Encoding MyPlugin::encode_one(const hezar::TokenizerInput& input, std::size_t index,
                                     const hezar::EncodeOptions& options) const {
  const std::string text = text_of(input);
  for (const std::string_view checked : {std::string_view(text), input.pair.value_or("")}) {
    if (const std::optional<std::size_t> bad = hezar::text::find_invalid_utf8(checked)) {
      throw hezar::text::invalid_utf8_error("my_plugin: text " + std::to_string(index), checked,
                                            *bad);
    }
  }
  std::int64_t limit = std::numeric_limits<std::int64_t>::max();
  if (options.truncation != hezar::Truncation::kNone) limit = options.max_length;
  const std::int64_t end = options.add_special_tokens ? 1 : 0;
  hezar::Encoding row;
  if (options.add_special_tokens && limit > 1) append_special(row, kBos, 1);
  append_text(row, text, 0, limit - end);
  if (input.pair) append_text(row, *input.pair, 1, limit - end);
  if (options.add_special_tokens && limit > 0) append_special(row, kEos, 1);
  return row;
}

std::vector<hezar::Encoding> MyPlugin::encode_batch(std::span<const hezar::TokenizerInput> inputs,
                                                    const hezar::EncodeOptions& options) const {
  const bool needs_length = options.truncation != hezar::Truncation::kNone ||
                            options.padding == hezar::Padding::kMaxLength;
  if (needs_length && options.max_length <= 0) {
    throw hezar::expected_error(hezar::ErrorCode::kValue, "my_plugin: max_length",
                                "a number of tokens > 0", std::to_string(options.max_length));
  }
  std::vector<hezar::Encoding> rows;
  std::size_t length = 0;
  for (const hezar::TokenizerInput& input : inputs) {
    rows.push_back(encode_one(input, rows.size(), options));
    length = std::max(length, rows.back().ids.size());
  }
  if (options.padding == hezar::Padding::kNone) return rows;
  if (options.padding == hezar::Padding::kMaxLength) {
    length = static_cast<std::size_t>(options.max_length);
  }
  for (hezar::Encoding& row : rows) {
    while (row.ids.size() < length) append_special(row, kPad, 0);
  }
  return rows;
}

hezar::Strings MyPlugin::decode_batch(std::span<const hezar::Integers> rows,
                                      bool skip_special_tokens) const {
  hezar::Strings out;
  for (const hezar::Integers& row : rows) {
    std::string& text = out.emplace_back();
    for (const std::int64_t id : row) {
      if (id >= kFirstByte && id < kVocabSize) {
        text.push_back(static_cast<char>(id - kFirstByte));
      } else if (id >= 0 && id < kFirstByte && !skip_special_tokens) {
        text.append(*id_to_token(id));
      }
    }
    // Ids may end in the middle of a character.
    text = hezar::text::replace_invalid_utf8(text);
  }
  return out;
}

std::optional<std::int64_t> MyPlugin::token_to_id(std::string_view token) const {
  for (std::int64_t id = 0; id < kVocabSize; ++id) {
    if (id_to_token(id) == token) return id;
  }
  return std::nullopt;
}

std::optional<std::string> MyPlugin::id_to_token(std::int64_t id) const {
  if (id < 0 || id >= kVocabSize) return std::nullopt;
  if (id == kPad) return config_.pad_token;
  if (id == kBos) return config_.bos_token;
  if (id == kEos) return config_.eos_token;
  return byte_token(id - kFirstByte);
}

std::int64_t MyPlugin::vocab_size(bool /*with_added_tokens*/) const {
  return kVocabSize;
}

std::vector<hezar::SpecialToken> MyPlugin::special_tokens() const {
  return {{"pad", config_.pad_token, kPad},
          {"bos", config_.bos_token, kBos},
          {"eos", config_.eos_token, kEos}};
}
