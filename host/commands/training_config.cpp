#include <commands/training_config.hpp>

#include <string_view>
#include <utility>

#include <cli/usage_error.hpp>

#include <hezar/config/json.hpp>
#include <hezar/config/yaml.hpp>
#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

/// Takes keys out of a mapping; what is left belongs to the tokenizer.
class Keys {
 public:
  Keys(boost::json::object& mapping, const std::string& file) : mapping_(mapping), file_(file) {}

  std::string take_text(std::string_view key) {
    const boost::json::value value = take(key);
    if (value.is_null()) return "";
    if (!value.is_string()) throw wrong(key, "a text", value);
    return std::string(value.as_string());
  }

  std::vector<std::string> take_texts(std::string_view key) {
    const boost::json::value value = take(key);
    if (value.is_null()) return {};
    if (value.is_string()) return {std::string(value.as_string())};
    if (!value.is_array()) throw wrong(key, "a list of texts", value);
    std::vector<std::string> out;
    for (const boost::json::value& item : value.as_array()) {
      if (!item.is_string()) throw wrong(key, "a list of texts", value);
      out.emplace_back(item.as_string());
    }
    return out;
  }

  [[nodiscard]] bool has(std::string_view key) const {
    const boost::json::value* value = mapping_.if_contains(key);
    return value != nullptr && !value->is_null();
  }

 private:
  boost::json::value take(std::string_view key) {
    const boost::json::value* found = mapping_.if_contains(key);
    boost::json::value out = found == nullptr ? boost::json::value() : *found;
    mapping_.erase(key);
    return out;
  }

  [[nodiscard]] Error wrong(std::string_view key, std::string_view expected,
                            const boost::json::value& got) const {
    return expected_error(ErrorCode::kConfig, text::concat(file_, ": ", key), expected,
                          json::write(got));
  }

  boost::json::object& mapping_;
  const std::string& file_;
};

/// What is typed after KEY=: a list as the config would have it, else JSON or a string.
boost::json::value value_of(std::string_view text, const std::string& set) {
  return text.starts_with('[') ? yaml::parse(text, set) : json::parse_argument(text);
}

void apply_sets(boost::json::object& mapping, const std::vector<std::string>& sets) {
  for (const std::string& set : sets) {
    const std::size_t equals = set.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw usage_error("tokenizer train: --set", "KEY=VALUE", text::concat("\"", set, "\""));
    }
    mapping[set.substr(0, equals)] = value_of(std::string_view(set).substr(equals + 1), set);
  }
}

Error missing(const std::string& file, std::string_view key, std::string_view expected,
              std::string hint) {
  return expected_error(ErrorCode::kConfig, text::concat(file, ": ", key), expected, "nothing",
                        std::move(hint));
}

}  // namespace

TrainingConfig read_training_config(const std::string& file, const std::vector<std::string>& sets) {
  TrainingConfig out;
  out.fields = yaml::read_mapping(file);
  apply_sets(out.fields, sets);
  Keys keys(out.fields, file);
  const bool has_special_tokens = keys.has("special_tokens");
  (void)keys.take_text("config_type");  // a tokenizer's own config has one
  out.name = keys.take_text("name");
  out.files = keys.take_texts("files");
  out.text_column = keys.take_text("text_column");
  out.output = keys.take_text("output");
  std::vector<std::string> special_tokens = keys.take_texts("special_tokens");
  if (has_special_tokens) out.special_tokens = std::move(special_tokens);
  if (out.name.empty()) {
    throw missing(file, "name", "the name of a tokenizer", "See hezar list preprocessors");
  }
  if (out.files.empty()) {
    throw missing(file, "files", "files to learn from: .txt, .csv or .jsonl", "");
  }
  return out;
}

}  // namespace hezar::host
