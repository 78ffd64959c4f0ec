#include <pre_tokenizers/pre_tokenizer.hpp>

#include <vector>

#include <hezar/text/unicode.hpp>
#include <hezar/text/utf8.hpp>

#include <pre_tokenizers/byte_level.hpp>
#include <pre_tokenizers/character_splits.hpp>
#include <pre_tokenizers/metaspace.hpp>
#include <pre_tokenizers/split.hpp>
#include <reader/read_pattern.hpp>

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
  std::vector<std::unique_ptr<PreTokenizer>> out;
  for (const JsonCursor& part : json.at("pretokenizers").items())
    out.push_back(read_pre_tokenizer(part));
  return std::make_unique<PreTokenizerSequence>(std::move(out));
}

char32_t one_character(const JsonCursor& json) {
  const std::u32string characters = text::decode_utf8(json.string());
  if (characters.size() != 1) json.fail("one character");
  return characters.front();
}

std::unique_ptr<PreTokenizer> read_delimiter(const JsonCursor& json) {
  json.only({"delimiter"});
  return std::make_unique<CharDelimiterSplit>(one_character(json.at("delimiter")));
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

/// A pattern that is known by hand, else a literal or a regular expression.
Split::Pattern read_split_pattern(const JsonCursor& json) {
  const PatternText pattern = read_pattern(json);
  if (!pattern.is_regex) return std::string(pattern.text);
  if (const NextEnd known = known_pattern(pattern.text)) return known;
  return text::Regex(pattern.text, pattern.place);
}

std::unique_ptr<PreTokenizer> read_split(const JsonCursor& json) {
  json.only({"pattern", "behavior", "invert"});
  return std::make_unique<Split>(read_split_pattern(json.at("pattern")),
                                 read_behavior(json.at("behavior")), json.at("invert").boolean());
}

std::unique_ptr<PreTokenizer> read_byte_level(const JsonCursor& json) {
  json.only({"add_prefix_space", "trim_offsets", "use_regex"});
  (void)json.at("trim_offsets").boolean();  // of the post-processor with the same name
  const auto use_regex = json.find("use_regex");
  return std::make_unique<ByteLevel>(
      ByteLevelOptions{json.at("add_prefix_space").boolean(), !use_regex || use_regex->boolean()});
}

std::unique_ptr<PreTokenizer> read_metaspace(const JsonCursor& json) {
  using Prepend = MetaspaceOptions::Prepend;
  json.only({"replacement", "prepend_scheme", "split", "add_prefix_space", "str_rep"});
  MetaspaceOptions out;
  out.replacement = one_character(json.at("replacement"));
  if (const auto scheme = json.find("prepend_scheme")) {
    const std::string_view name = scheme->one_of({"always", "first", "never"});
    if (name != "always") out.prepend = name == "first" ? Prepend::kFirst : Prepend::kNever;
  }
  // older files say only this; the reference refuses files in which the two contradict each other
  const auto add_prefix_space = json.find("add_prefix_space");
  if (add_prefix_space && !add_prefix_space->boolean() && out.prepend != Prepend::kNever) {
    add_prefix_space->fail("true, or prepend_scheme \"never\"");
  }
  if (const auto split = json.find("split")) out.split = split->boolean();
  return std::make_unique<Metaspace>(out);
}

std::unique_ptr<PreTokenizer> read_fixed_length(const JsonCursor& json) {
  constexpr std::int64_t kDefaultLength = 5;
  json.only({"length"});
  const auto length = json.find("length");
  const std::int64_t value = length ? length->integer(0xFFFF'FFFF) : kDefaultLength;
  if (value == 0) length->fail("an integer from 1 to 4294967295");
  return std::make_unique<FixedLength>(static_cast<std::size_t>(value));
}

}  // namespace

std::unique_ptr<PreTokenizer> read_pre_tokenizer(const JsonCursor& json) {
  const std::string_view type =
      json.type({"BertPreTokenizer", "Whitespace", "WhitespaceSplit", "Punctuation", "Digits",
                 "CharDelimiterSplit", "Sequence", "ByteLevel", "Metaspace", "Split",
                 "UnicodeScripts", "FixedLength"});
  if (type == "Sequence") return read_sequence(json);
  if (type == "CharDelimiterSplit") return read_delimiter(json);
  if (type == "Punctuation") return read_punctuation(json);
  if (type == "Digits") return read_digits(json);
  if (type == "ByteLevel") return read_byte_level(json);
  if (type == "Metaspace") return read_metaspace(json);
  if (type == "Split") return read_split(json);
  if (type == "FixedLength") return read_fixed_length(json);
  json.only({});
  if (type == "UnicodeScripts") return std::make_unique<UnicodeScripts>();
  if (type == "BertPreTokenizer") return std::make_unique<BertPreTokenizer>();
  if (type == "Whitespace") return std::make_unique<Whitespace>();
  return std::make_unique<PropertySplit>(text::kWhitespace, SplitBehavior::kRemoved);
}

}  // namespace hezar::tokenizers
