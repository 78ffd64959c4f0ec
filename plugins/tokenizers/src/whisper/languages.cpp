#include <whisper/languages.hpp>

#include <algorithm>
#include <array>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/unicode.hpp>

namespace hezar::tokenizers {

namespace {

struct Language {
  std::string_view code;
  std::string_view name;
};

constexpr std::array<Language, 99> kLanguages = {{
    {"en", "english"},        {"zh", "chinese"},     {"de", "german"},        {"es", "spanish"},
    {"ru", "russian"},        {"ko", "korean"},      {"fr", "french"},        {"ja", "japanese"},
    {"pt", "portuguese"},     {"tr", "turkish"},     {"pl", "polish"},        {"ca", "catalan"},
    {"nl", "dutch"},          {"ar", "arabic"},      {"sv", "swedish"},       {"it", "italian"},
    {"id", "indonesian"},     {"hi", "hindi"},       {"fi", "finnish"},       {"vi", "vietnamese"},
    {"he", "hebrew"},         {"uk", "ukrainian"},   {"el", "greek"},         {"ms", "malay"},
    {"cs", "czech"},          {"ro", "romanian"},    {"da", "danish"},        {"hu", "hungarian"},
    {"ta", "tamil"},          {"no", "norwegian"},   {"th", "thai"},          {"ur", "urdu"},
    {"hr", "croatian"},       {"bg", "bulgarian"},   {"lt", "lithuanian"},    {"la", "latin"},
    {"mi", "maori"},          {"ml", "malayalam"},   {"cy", "welsh"},         {"sk", "slovak"},
    {"te", "telugu"},         {"fa", "persian"},     {"lv", "latvian"},       {"bn", "bengali"},
    {"sr", "serbian"},        {"az", "azerbaijani"}, {"sl", "slovenian"},     {"kn", "kannada"},
    {"et", "estonian"},       {"mk", "macedonian"},  {"br", "breton"},        {"eu", "basque"},
    {"is", "icelandic"},      {"hy", "armenian"},    {"ne", "nepali"},        {"mn", "mongolian"},
    {"bs", "bosnian"},        {"kk", "kazakh"},      {"sq", "albanian"},      {"sw", "swahili"},
    {"gl", "galician"},       {"mr", "marathi"},     {"pa", "punjabi"},       {"si", "sinhala"},
    {"km", "khmer"},          {"sn", "shona"},       {"yo", "yoruba"},        {"so", "somali"},
    {"af", "afrikaans"},      {"oc", "occitan"},     {"ka", "georgian"},      {"be", "belarusian"},
    {"tg", "tajik"},          {"sd", "sindhi"},      {"gu", "gujarati"},      {"am", "amharic"},
    {"yi", "yiddish"},        {"lo", "lao"},         {"uz", "uzbek"},         {"fo", "faroese"},
    {"ht", "haitian creole"}, {"ps", "pashto"},      {"tk", "turkmen"},       {"nn", "nynorsk"},
    {"mt", "maltese"},        {"sa", "sanskrit"},    {"lb", "luxembourgish"}, {"my", "myanmar"},
    {"bo", "tibetan"},        {"tl", "tagalog"},     {"mg", "malagasy"},      {"as", "assamese"},
    {"tt", "tatar"},          {"haw", "hawaiian"},   {"ln", "lingala"},       {"ha", "hausa"},
    {"ba", "bashkir"},        {"jw", "javanese"},    {"su", "sundanese"},
}};

constexpr std::array<Language, 11> kAliases = {{
    {"my", "burmese"},
    {"ca", "valencian"},
    {"nl", "flemish"},
    {"ht", "haitian"},
    {"lb", "letzeburgesch"},
    {"ps", "pushto"},
    {"pa", "panjabi"},
    {"ro", "moldavian"},
    {"ro", "moldovan"},
    {"si", "sinhalese"},
    {"es", "castilian"},
}};

}  // namespace

std::string language_code(std::string_view language) {
  const std::string wanted = text::to_lower(language);
  std::vector<std::string> names;
  for (const Language& known : kLanguages) {
    if (wanted == known.code || wanted == known.name) return std::string(known.code);
    names.emplace_back(known.name);
  }
  for (const Language& alias : kAliases) {
    if (wanted == alias.name) return std::string(alias.code);
    names.emplace_back(alias.name);
  }
  throw unknown_name_error(ErrorCode::kValue, "whisper: language", "a language that Whisper knows",
                           wanted, names);
}

std::optional<std::string_view> language_name(std::string_view code) {
  const auto found = std::find_if(kLanguages.begin(), kLanguages.end(),
                                  [&](const Language& known) { return known.code == code; });
  if (found == kLanguages.end()) return std::nullopt;
  return found->name;
}

std::string language_token(std::string_view code) {
  return text::concat("<|", code, "|>");
}

std::vector<std::string> whisper_special_tokens() {
  // The first twice, as in the published vocabularies.
  std::vector<std::string> out = {"<|endoftext|>", "<|endoftext|>", "<|startoftranscript|>"};
  for (const Language& language : kLanguages) out.push_back(language_token(language.code));
  for (const std::string_view token :
       {"translate", "transcribe", "startoflm", "startofprev", "nocaptions", "notimestamps"}) {
    out.push_back(language_token(token));
  }
  return out;
}

}  // namespace hezar::tokenizers
