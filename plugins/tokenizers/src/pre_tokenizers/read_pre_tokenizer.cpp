#include <pre_tokenizers/pre_tokenizer.hpp>

#include <vector>

#include <hezar/text/unicode.hpp>
#include <hezar/text/utf8.hpp>

#include <pre_tokenizers/character_splits.hpp>

namespace hezar::tokenizers {

namespace {

SplitBehavior read_behavior(const JsonCursor& json) {
  const std::string_view name =
      json.one_of({"Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"});
  if (name == "Removed") return SplitBehavior::kRemoved;
  if (name == "Isolated") return SplitBehavior::kIsolated;
  if (name == "MergedWithPrevious") return SplitBehavior::kMergedWithPrevious;
  if (name == "MergedWithNext") return SplitBehavior::kMergedWithNext;
  return SplitBehavior::kContiguous;
}

std::unique_ptr<PreTokenizer> read_sequence(const JsonCursor& json) {
  json.only({"pretokenizers"});
  const JsonCursor parts = json.at("pretokenizers");
  std::vector<std::unique_ptr<PreTokenizer>> out;
  for (std::size_t i = 0; i < parts.array().size(); ++i) {
    out.push_back(read_pre_tokenizer(parts.item(i)));
  }
  return std::make_unique<PreTokenizerSequence>(std::move(out));
}

std::unique_ptr<PreTokenizer> read_delimiter(const JsonCursor& json) {
  json.only({"delimiter"});
  const JsonCursor delimiter = json.at("delimiter");
  const std::string_view text = delimiter.string();
  if (text::count_characters(text) != 1) delimiter.fail("one character");
  return std::make_unique<CharDelimiterSplit>(text::decode_utf8(text.data()));
}

std::unique_ptr<PreTokenizer> read_punctuation(const JsonCursor& json) {
  json.only({"behavior"});
  const auto behavior = json.find("behavior");
  return std::make_unique<PropertySplit>(
      text::kPunctuation, behavior ? read_behavior(*behavior) : SplitBehavior::kIsolated);
}

std::unique_ptr<PreTokenizer> read_digits(const JsonCursor& json) {
  json.only({"individual_digits"});
  const bool individual = json.at("individual_digits").boolean();
  return std::make_unique<PropertySplit>(
      text::kNumeric, individual ? SplitBehavior::kIsolated : SplitBehavior::kContiguous);
}

}  // namespace

std::unique_ptr<PreTokenizer> read_pre_tokenizer(const JsonCursor& json) {
  const std::string_view type =
      json.type({"BertPreTokenizer", "Whitespace", "WhitespaceSplit", "Punctuation", "Digits",
                 "CharDelimiterSplit", "Sequence"});
  if (type == "Sequence") return read_sequence(json);
  if (type == "CharDelimiterSplit") return read_delimiter(json);
  if (type == "Punctuation") return read_punctuation(json);
  if (type == "Digits") return read_digits(json);
  json.only({});
  if (type == "BertPreTokenizer") return std::make_unique<BertPreTokenizer>();
  if (type == "Whitespace") return std::make_unique<Whitespace>();
  return std::make_unique<PropertySplit>(text::kWhitespace, SplitBehavior::kRemoved);
}

}  // namespace hezar::tokenizers
