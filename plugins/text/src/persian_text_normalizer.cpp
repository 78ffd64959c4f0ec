#include <hezar/text_normalizer/persian_text_normalizer.hpp>

#include <utility>

#include <persian/steps.hpp>

#include <hezar/config/described.hpp>
#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/unicode.hpp>
#include <hezar/text/utf8.hpp>

namespace hezar {

namespace {

/// As the reference: of a mapping only the values count.
boost::json::value as_list(const boost::json::value& patterns) {
  if (!patterns.is_object()) return patterns;
  boost::json::array out;
  for (const auto& member : patterns.get_object()) out.push_back(member.value());
  return out;
}

std::string_view string_of(const boost::json::array& pair, std::size_t index) {
  return pair[index].get_string();
}

}  // namespace

std::vector<PersianTextNormalizer::Replacement> PersianTextNormalizer::compile(
    const boost::json::value& patterns) {
  std::vector<Replacement> out;
  const boost::json::value list = as_list(patterns);
  if (list.is_null()) return out;
  if (!list.is_array()) {
    throw expected_error(ErrorCode::kConfig, "replace_patterns",
                         "a list of [regex, replacement] pairs", boost::json::serialize(list));
  }
  for (const boost::json::value& item : list.get_array()) {
    const std::string place = text::concat("replace_patterns[", out.size(), "]");
    const boost::json::array* pair = item.if_array();
    const bool is_pair =
        pair != nullptr && pair->size() == 2 && (*pair)[0].is_string() && (*pair)[1].is_string();
    if (!is_pair) {
      throw expected_error(ErrorCode::kConfig, place, "a pair [regex, replacement]",
                           boost::json::serialize(item));
    }
    out.emplace_back(text::Regex(string_of(*pair, 0), place), std::string(string_of(*pair, 1)));
  }
  return out;
}

PersianTextNormalizer::PersianTextNormalizer(Config config, const BuildContext& /*context*/)
    : config_(std::move(config)), replacements_(compile(config_.replace_patterns)) {
  config_.replace_patterns = as_list(config_.replace_patterns);
}

PersianTextNormalizer::~PersianTextNormalizer() = default;

boost::json::object PersianTextNormalizer::config() const {
  return write_config(config_);
}

Strings PersianTextNormalizer::normalize(const Strings& texts,
                                         const boost::json::object& options) const {
  const auto wanted = read_options<Options>(options, "text_normalizer options");
  std::vector<Replacement> own;
  if (!wanted.replace_patterns.is_null()) own = compile(wanted.replace_patterns);
  const auto& replacements = wanted.replace_patterns.is_null() ? replacements_ : own;
  const persian::Steps steps = persian::choose_steps(config_, wanted);
  Strings out;
  out.reserve(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (const auto invalid = text::find_invalid_utf8(texts[i])) {
      throw text::invalid_utf8_error(text::concat("input ", i), texts[i], *invalid);
    }
    std::string line = texts[i];
    if (wanted.nfkd.value_or(config_.nfkd)) line = text::normalize(line, text::Form::kNfkd);
    if (wanted.nfkc.value_or(config_.nfkc)) line = text::normalize(line, text::Form::kNfkc);
    line = persian::run_steps(line, steps);
    for (const auto& [regex, replacement] : replacements) {
      line = regex.replace_all(line, replacement);
    }
    out.push_back(std::move(line));
  }
  return out;
}

}  // namespace hezar
