#include <normalizers/normalizer.hpp>

#include <string>
#include <vector>

#include <normalizers/bert_normalizer.hpp>
#include <normalizers/precompiled.hpp>
#include <normalizers/text_normalizers.hpp>
#include <normalizers/unicode_normalizers.hpp>
#include <reader/base64.hpp>
#include <reader/read_pattern.hpp>

namespace hezar::tokenizers {

namespace {

std::unique_ptr<Normalizer> read_bert(const JsonCursor& json) {
  json.only({"clean_text", "handle_chinese_chars", "strip_accents", "lowercase"});
  BertNormalizerOptions options;
  options.clean_text = json.at("clean_text").boolean();
  options.handle_chinese_chars = json.at("handle_chinese_chars").boolean();
  options.lowercase = json.at("lowercase").boolean();
  const auto strip_accents = json.find("strip_accents");
  options.strip_accents = strip_accents ? strip_accents->boolean() : options.lowercase;
  return std::make_unique<BertNormalizer>(options);
}

std::unique_ptr<Normalizer> read_sequence(const JsonCursor& json) {
  json.only({"normalizers"});
  std::vector<std::unique_ptr<Normalizer>> out;
  for (const JsonCursor& part : json.at("normalizers").items())
    out.push_back(read_normalizer(part));
  return std::make_unique<NormalizerSequence>(std::move(out));
}

std::unique_ptr<Normalizer> read_replace(const JsonCursor& json) {
  json.only({"pattern", "content"});
  const PatternText pattern = read_pattern(json.at("pattern"));
  const std::string content(json.at("content").string());
  if (pattern.is_regex) {
    return std::make_unique<Replace>(text::Regex(pattern.text, pattern.place), content);
  }
  return std::make_unique<Replace>(std::string(pattern.text), content);
}

std::unique_ptr<Normalizer> read_strip(const JsonCursor& json) {
  json.only({"strip_left", "strip_right"});
  return std::make_unique<Strip>(json.at("strip_left").boolean(), json.at("strip_right").boolean());
}

std::unique_ptr<Normalizer> read_prepend(const JsonCursor& json) {
  json.only({"prepend"});
  return std::make_unique<Prepend>(std::string(json.at("prepend").string()));
}

/// The reference has none; it is what Prepend is for the other end.
std::unique_ptr<Normalizer> read_append(const JsonCursor& json) {
  json.only({"append"});
  return std::make_unique<Append>(std::string(json.at("append").string()));
}

std::unique_ptr<Normalizer> read_precompiled(const JsonCursor& json) {
  json.only({"precompiled_charsmap"});
  const JsonCursor charsmap = json.at("precompiled_charsmap");
  const std::optional<std::string> bytes = decode_base64(charsmap.string());
  if (!bytes) charsmap.fail("base64 text");
  return std::make_unique<Precompiled>(Charsmap(*bytes, charsmap.place()));
}

}  // namespace

std::unique_ptr<Normalizer> read_normalizer(const JsonCursor& json) {
  const std::string_view type = json.type(
      {"BertNormalizer", "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Strip",
       "Replace", "Prepend", "Append", "Precompiled", "Nmt", "ByteLevel", "Sequence"},
      {{"clean_text", "BertNormalizer"},
       {"strip_left", "Strip"},
       {"normalizers", "Sequence"},
       {"pattern", "Replace"},
       {"prepend", "Prepend"}});
  if (type == "BertNormalizer") return read_bert(json);
  if (type == "Sequence") return read_sequence(json);
  if (type == "Replace") return read_replace(json);
  if (type == "Strip") return read_strip(json);
  if (type == "Prepend") return read_prepend(json);
  if (type == "Append") return read_append(json);
  if (type == "Precompiled") return read_precompiled(json);
  json.only({});
  if (type == "Nmt") return std::make_unique<Nmt>();
  if (type == "ByteLevel") return std::make_unique<ByteLevelNormalizer>();
  if (type == "Lowercase") return std::make_unique<Lowercase>();
  if (type == "StripAccents") return std::make_unique<StripAccents>();
  if (type == "NFC") return std::make_unique<FormNormalizer>(text::Form::kNfc);
  if (type == "NFD") return std::make_unique<FormNormalizer>(text::Form::kNfd);
  if (type == "NFKC") return std::make_unique<FormNormalizer>(text::Form::kNfkc);
  return std::make_unique<FormNormalizer>(text::Form::kNfkd);
}

}  // namespace hezar::tokenizers
