#include <decoders/decoder.hpp>

#include <limits>

#include <hezar/text/utf8.hpp>

#include <decoders/byte_decoders.hpp>
#include <decoders/text_decoders.hpp>
#include <reader/read_pattern.hpp>

namespace hezar::tokenizers {

namespace {

std::string string_of(const JsonCursor& json, std::string_view key) {
  return std::string(json.at(key).string());
}

std::string character_of(const JsonCursor& json, std::string_view key) {
  std::string out = string_of(json, key);
  if (text::count_characters(out) != 1) json.at(key).fail("one character");
  return out;
}

std::unique_ptr<Decoder> read_sequence(const JsonCursor& json) {
  json.only({"decoders"});
  std::vector<std::unique_ptr<Decoder>> out;
  for (const JsonCursor& part : json.at("decoders").items()) out.push_back(read_decoder(part));
  return std::make_unique<DecoderSequence>(std::move(out));
}

std::unique_ptr<Decoder> read_wordpiece(const JsonCursor& json) {
  json.only({"prefix", "cleanup"});
  return std::make_unique<WordPieceDecoder>(string_of(json, "prefix"),
                                            json.at("cleanup").boolean());
}

/// The members are those of the pre-tokenizer of the same name; decoding needs none of them.
std::unique_ptr<Decoder> read_byte_level(const JsonCursor& json) {
  json.only({"add_prefix_space", "trim_offsets", "use_regex"});
  return std::make_unique<ByteLevelDecoder>();
}

std::unique_ptr<Decoder> read_metaspace(const JsonCursor& json) {
  json.only({"replacement", "add_prefix_space", "prepend_scheme", "split", "str_rep"});
  const auto scheme = json.find("prepend_scheme");
  const auto prefix = json.find("add_prefix_space");
  bool has_prefix = prefix ? prefix->boolean() : true;
  if (scheme) {
    const bool is_never = scheme->one_of({"always", "first", "never"}) == "never";
    if (prefix && !has_prefix && !is_never) {
      scheme->fail("\"never\", as add_prefix_space is false");
    }
    has_prefix = !is_never;
  }
  return std::make_unique<MetaspaceDecoder>(character_of(json, "replacement"), has_prefix);
}

std::unique_ptr<Decoder> read_strip(const JsonCursor& json) {
  constexpr std::int64_t kMaxCount = std::numeric_limits<std::int64_t>::max();
  json.only({"content", "start", "stop"});
  return std::make_unique<StripDecoder>(character_of(json, "content"),
                                        json.at("start").integer(kMaxCount),
                                        json.at("stop").integer(kMaxCount));
}

std::unique_ptr<Decoder> read_replace(const JsonCursor& json) {
  json.only({"pattern", "content"});
  const PatternText pattern = read_pattern(json.at("pattern"));
  const std::string content = string_of(json, "content");
  if (pattern.is_regex) {
    return std::make_unique<ReplaceDecoder>(text::Regex(pattern.text, pattern.place), content);
  }
  return std::make_unique<ReplaceDecoder>(std::string(pattern.text), content);
}

std::unique_ptr<Decoder> read_ctc(const JsonCursor& json) {
  json.only({"pad_token", "word_delimiter_token", "cleanup"});
  return std::make_unique<CtcDecoder>(string_of(json, "pad_token"),
                                      string_of(json, "word_delimiter_token"),
                                      json.at("cleanup").boolean());
}

std::unique_ptr<Decoder> read_bpe(const JsonCursor& json) {
  json.only({"suffix"});
  return std::make_unique<BpeDecoder>(string_of(json, "suffix"));
}

}  // namespace

std::unique_ptr<Decoder> read_decoder(const JsonCursor& json) {
  const std::string_view type =
      json.type({"WordPiece", "ByteLevel", "BPEDecoder", "Metaspace", "ByteFallback", "Fuse",
                 "Strip", "Replace", "CTC", "Sequence"},
                {{"suffix", "BPEDecoder"},
                 {"prefix", "WordPiece"},
                 {"pad_token", "CTC"},
                 {"pattern", "Replace"},
                 {"content", "Strip"}});
  if (type == "Sequence") return read_sequence(json);
  if (type == "WordPiece") return read_wordpiece(json);
  if (type == "ByteLevel") return read_byte_level(json);
  if (type == "BPEDecoder") return read_bpe(json);
  if (type == "Metaspace") return read_metaspace(json);
  if (type == "Strip") return read_strip(json);
  if (type == "Replace") return read_replace(json);
  if (type == "CTC") return read_ctc(json);
  json.only({});
  if (type == "Fuse") return std::make_unique<Fuse>();
  return std::make_unique<ByteFallback>();
}

}  // namespace hezar::tokenizers
