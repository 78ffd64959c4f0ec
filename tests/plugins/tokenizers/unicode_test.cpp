#include <string>

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <hezar/text/utf8.hpp>

#include <plugins/tokenizers/golden.hpp>

namespace hezar::tokenizers {
namespace {

/// A tokenizer of which only the given parts matter: an unknown word is one token per piece, with
/// the piece's offsets.
Engine engine_with(const boost::json::value& normalizer, const boost::json::value& pre_tokenizer) {
  return Engine::from_json(
      {{"normalizer", normalizer},
       {"pre_tokenizer", pre_tokenizer},
       {"model", {{"type", "WordLevel"}, {"vocab", {{"?", 0}}}, {"unk_token", "?"}}}},
      "test");
}

/// The pieces of each text, in the form make_unicode_tables.py writes.
std::string pieces_of(const Engine& engine, const std::vector<std::string>& texts) {
  EngineOptions options;
  options.return_offsets = true;
  std::vector<TokenizerInput> inputs(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) inputs[i].text = texts[i];
  const std::vector<Encoding> rows = engine.encode_batch(inputs, options);
  std::string out;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (const Span& span : rows[i].offsets) {
      if (&span != rows[i].offsets.data()) out += '|';
      out += text::characters(texts[i], static_cast<std::size_t>(span.start),
                              static_cast<std::size_t>(span.end));
    }
    out += '\n';
  }
  return out;
}

/// Each code point of a block alone and between letters.
std::vector<std::string> texts_of_block(char32_t start, char32_t size) {
  std::vector<std::string> out;
  for (char32_t c = start; c < start + size; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string one;
    text::append_utf8(one, c);
    out.push_back(one);
    out.push_back("a" + one + "b");
  }
  return out;
}

class PreTokenizerUnicodeTest
    : public testing::TestWithParam<std::pair<const char*, boost::json::value>> {};

/// Every code point alone and between letters.
TEST_P(PreTokenizerUnicodeTest, EqualsReferenceOnEveryCodePoint) {
  const auto& [name, json] = GetParam();
  const Engine engine = engine_with(nullptr, json);
  const boost::json::value digests = golden::read("../text/unicode_crc.json");
  const auto block = digests.at("block").to_number<char32_t>();
  const boost::json::array& sums = digests.at(name).as_array();
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const char32_t start = static_cast<char32_t>(i) * block;
    const std::string all = pieces_of(engine, texts_of_block(start, block));
    EXPECT_EQ(golden::crc({all}), sums[i].to_number<std::uint32_t>())
        << name << " from U+" << std::hex << static_cast<unsigned>(start);
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, PreTokenizerUnicodeTest,
    testing::Values(
        std::pair("WhitespaceSplit", boost::json::value{{"type", "WhitespaceSplit"}}),
        std::pair("Whitespace", boost::json::value{{"type", "Whitespace"}}),
        std::pair("Punctuation", boost::json::value{{"type", "Punctuation"}}),
        std::pair("Digits", boost::json::value{{"type", "Digits"}, {"individual_digits", true}}),
        std::pair("BertPreTokenizer", boost::json::value{{"type", "BertPreTokenizer"}})),
    [](const auto& item) { return std::string(item.param.first); });

boost::json::value bert(bool clean, bool cjk, const boost::json::value& accents, bool lower) {
  return {{"type", "BertNormalizer"},
          {"clean_text", clean},
          {"handle_chinese_chars", cjk},
          {"strip_accents", accents},
          {"lowercase", lower}};
}

class NormalizerUnicodeTest
    : public testing::TestWithParam<std::pair<const char*, boost::json::value>> {};

/// As above, for what comes before pieces are cut.
TEST_P(NormalizerUnicodeTest, EqualsReferenceOnEveryCodePoint) {
  const auto& [name, json] = GetParam();
  const Engine engine = engine_with(json, nullptr);
  const boost::json::value digests = golden::read("../text/unicode_crc.json");
  const auto block = digests.at("block").to_number<char32_t>();
  const boost::json::array& sums = digests.at(name).as_array();
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const char32_t start = static_cast<char32_t>(i) * block;
    std::string all;
    for (const std::string& text : texts_of_block(start, block)) {
      all += engine.normalize(text) + "\n";
    }
    EXPECT_EQ(golden::crc({all}), sums[i].to_number<std::uint32_t>())
        << name << " from U+" << std::hex << static_cast<unsigned>(start);
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, NormalizerUnicodeTest,
    testing::Values(std::pair("BertNormalizer", bert(true, true, nullptr, true)),
                    std::pair("BertClean", bert(true, false, false, false)),
                    std::pair("BertCjk", bert(false, true, false, false)),
                    std::pair("BertAccents", bert(false, false, true, false)),
                    std::pair("NFC", boost::json::value{{"type", "NFC"}}),
                    std::pair("NFD", boost::json::value{{"type", "NFD"}}),
                    std::pair("NFKC", boost::json::value{{"type", "NFKC"}}),
                    std::pair("NFKD", boost::json::value{{"type", "NFKD"}}),
                    std::pair("Lowercase", boost::json::value{{"type", "Lowercase"}}),
                    std::pair("StripAccents", boost::json::value{{"type", "StripAccents"}})),
    [](const auto& item) { return std::string(item.param.first); });

}  // namespace
}  // namespace hezar::tokenizers
