#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/config/described.hpp>
#include <hezar/module/tokenizer.hpp>

namespace hezar::test {

/// Reads a text of numbers as its token ids, between 2 and 3: "5 17" is [2, 5, 17, 3]; "" is [].
/// The mask is 4; tokens are the ids as texts, and their offsets count them.
class NumberTokenizer : public Tokenizer {
 public:
  [[nodiscard]] std::vector<Encoding> encode_batch(std::span<const TokenizerInput> inputs,
                                                   const EncodeOptions& options) const override {
    std::vector<Encoding> out;
    for (const TokenizerInput& input : inputs) {
      Encoding encoding;
      append(encoding, input.text, 0);
      if (input.pair) append(encoding, *input.pair, 1);
      const auto limit = static_cast<std::size_t>(options.max_length);
      if (options.truncation != Truncation::kNone && encoding.ids.size() > limit) {
        encoding.ids.resize(limit);
        encoding.ids.back() = 3;
        encoding.type_ids.resize(limit);
        encoding.truncated = true;
      }
      encoding.attention_mask.assign(encoding.ids.size(), 1);
      for (std::size_t i = 0; i < encoding.ids.size(); ++i) {
        const auto at = static_cast<std::int64_t>(i);
        if (options.return_tokens) encoding.tokens.push_back(std::to_string(encoding.ids[i]));
        if (options.return_offsets) encoding.offsets.push_back({at, at + 1});
      }
      out.push_back(std::move(encoding));
    }
    return out;
  }
  [[nodiscard]] Strings decode_batch(std::span<const Integers> rows,
                                     bool skip_special_tokens) const override {
    Strings out;
    for (const Integers& row : rows) {
      std::string text;
      for (const std::int64_t id : row) {
        if (!skip_special_tokens || (id != 2 && id != 3)) text += std::to_string(id) + ' ';
      }
      out.push_back(text);
    }
    return out;
  }
  [[nodiscard]] std::optional<std::int64_t> token_to_id(std::string_view) const override {
    return std::nullopt;
  }
  [[nodiscard]] std::optional<std::string> id_to_token(std::int64_t id) const override {
    return std::to_string(id);
  }
  [[nodiscard]] std::int64_t vocab_size(bool) const override { return 40; }
  [[nodiscard]] std::vector<SpecialToken> special_tokens() const override {
    return {{"mask", "4", 4}};
  }
  [[nodiscard]] boost::json::object config() const override {
    return {{"name", "number_tokenizer"}, {"config_type", "preprocessor"}};
  }

 private:
  static void append(Encoding& encoding, std::string_view text, std::int64_t type) {
    std::istringstream words{std::string(text)};
    std::vector<std::int64_t> ids;
    for (std::int64_t id = 0; words >> id;) ids.push_back(id);
    if (ids.empty()) return;
    if (encoding.ids.empty()) encoding.ids.push_back(2);
    encoding.ids.insert(encoding.ids.end(), ids.begin(), ids.end());
    encoding.ids.push_back(3);
    encoding.type_ids.resize(encoding.ids.size(), type);
  }
};

/// Replaces every "x" by "9".
class DigitNormalizer : public TextNormalizer {
 public:
  [[nodiscard]] Strings normalize(const Strings& texts, const boost::json::object&) const override {
    Strings out = texts;
    for (std::string& text : out) std::replace(text.begin(), text.end(), 'x', '9');
    return out;
  }
  [[nodiscard]] boost::json::object config() const override {
    return {{"name", "text_normalizer"}, {"config_type", "preprocessor"}};
  }
};

}  // namespace hezar::test
