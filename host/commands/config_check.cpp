#include <commands/config_check.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/nearest.hpp>

namespace hezar::host {

namespace {

using boost::json::object;
using boost::json::value;

std::string text_at(const object& from, std::string_view key, const std::string& file) {
  if (const auto text = json::find_text(from, key)) return std::string(*text);
  const value* found = from.if_contains(key);
  throw expected_error(ErrorCode::kConfig, text::concat(file, ": ", key), "a string",
                       found == nullptr ? "nothing" : json::write(*found),
                       "A config file names its module: name, config_type");
}

bool is_integer(const value& given) {
  return given.is_int64() || given.is_uint64();
}

bool is_integer_text(std::string_view text) {
  std::int64_t number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && stop == text.data() + text.size();
}

/// Where `mark` stands outside of brackets; npos where it does not.
std::size_t find_outside(std::string_view type, std::string_view mark) {
  int depth = 0;
  for (std::size_t i = 0; i < type.size(); ++i) {
    if (type[i] == '[') ++depth;
    if (type[i] == ']') --depth;
    if (depth == 0 && type.substr(i).starts_with(mark)) return i;
  }
  return std::string_view::npos;
}

bool has_type(const value& given, std::string_view type);

bool has_list_type(const value& given, std::string_view item_type) {
  if (!given.is_array()) return false;
  const boost::json::array& items = given.get_array();
  return std::all_of(items.begin(), items.end(),
                     [&](const value& item) { return has_type(item, item_type); });
}

bool has_map_type(const value& given, std::string_view types) {
  if (!given.is_object()) return false;
  const std::size_t comma = find_outside(types, ", ");
  if (comma == std::string_view::npos) return true;
  for (const auto& [key, item] : given.get_object()) {
    if (types.substr(0, comma) == "int" && !is_integer_text(key)) return false;
    if (!has_type(item, types.substr(comma + 2))) return false;
  }
  return true;
}

/// @param type  as modules describe it: "int", "list[str]", "map[int, str]", "int | float".
bool has_type(const value& given, std::string_view type) {
  if (const std::size_t bar = find_outside(type, " | "); bar != std::string_view::npos) {
    return has_type(given, type.substr(0, bar)) || has_type(given, type.substr(bar + 3));
  }
  if (type == "bool") return given.is_bool();
  if (type == "int") return is_integer(given);
  if (type == "float") return given.is_number();
  if (type == "str") return given.is_string();
  if (type == "list") return given.is_array();
  if (type == "map") return given.is_object();
  if (type.starts_with("list[")) return has_list_type(given, type.substr(5, type.size() - 6));
  if (type.starts_with("map[")) return has_map_type(given, type.substr(4, type.size() - 5));
  return true;
}

std::string type_in_words(std::string_view type) {
  if (type == "bool") return "true or false";
  if (type == "int") return "a whole number";
  if (type == "float") return "a number";
  if (type == "str") return "a string";
  if (type == "list") return "a list";
  if (type == "map") return "a mapping";
  return std::string(type);
}

/// 1.0 as "1": a bound is kept as a float whatever the field is.
std::string bound_text(const value& bound) {
  const double number = bound.to_number<double>();
  const bool is_whole = number == std::floor(number) && std::abs(number) < 1e15;
  return is_whole ? std::to_string(static_cast<std::int64_t>(number)) : json::write(bound);
}

bool is_set(const object& field, std::string_view key) {
  const value* found = field.if_contains(key);
  return found != nullptr && found->is_bool() && found->get_bool();
}

std::vector<std::string> choices_of(const object& field) {
  std::vector<std::string> out;
  const value* choices = field.if_contains("choices");
  if (choices == nullptr || !choices->is_array()) return out;
  for (const value& choice : choices->get_array()) out.emplace_back(choice.as_string());
  return out;
}

/// What a field wants instead of `given`; empty when it is fine.
std::string expectation(const object& field, const value& given) {
  const std::string_view type = field.at("type").as_string();
  if (given.is_null() && is_set(field, "nullable")) return {};
  if (!has_type(given, type)) return type_in_words(type);
  if (given.is_number()) {
    const double number = given.to_number<double>();
    const value* minimum = field.if_contains("minimum");
    const value* maximum = field.if_contains("maximum");
    if (minimum != nullptr && minimum->is_number() && number < minimum->to_number<double>()) {
      return text::concat("at least ", bound_text(*minimum));
    }
    if (maximum != nullptr && maximum->is_number() && number > maximum->to_number<double>()) {
      return text::concat("at most ", bound_text(*maximum));
    }
  }
  const std::vector<std::string> choices = choices_of(field);
  if (given.is_string() && !choices.empty() &&
      std::find(choices.begin(), choices.end(), std::string_view(given.get_string())) ==
          choices.end()) {
    return text::concat("one of ", text::join(choices, ", "));
  }
  return {};
}

void check_field(ConfigCheck& check, const object& field, const object& config,
                 const std::string& file) {
  const std::string_view name = field.at("name").as_string();
  const value* given = config.if_contains(name);
  if (given == nullptr) {
    if (is_set(field, "required")) {
      check.errors.push_back(text::concat(file, ": ", name,
                                          ": expected a value, for it has no default, got "
                                          "nothing."));
    }
    const value* otherwise = field.if_contains("default");
    check.complete[name] = otherwise == nullptr ? value(nullptr) : *otherwise;
    return;
  }
  check.complete[name] = *given;
  const std::string expected = expectation(field, *given);
  if (expected.empty()) return;
  check.errors.push_back(text::concat(file, ": ", name, ": expected ", expected, ", got ",
                                      json::write(*given), ". See hezar info ", check.info.name));
}

void check_unknown_keys(ConfigCheck& check, const object& config, const std::string& file) {
  std::vector<std::string> known;
  for (const value& field : check.info.fields) {
    known.emplace_back(field.as_object().at("name").as_string());
  }
  for (const auto& [key, given] : config) {
    if (check.complete.contains(key)) continue;
    check.complete[key] = given;
    const std::vector<std::string> nearest = text::nearest_names(key, known);
    std::string message = text::concat(file, ": ", key, ": no field of ", check.info.name);
    if (!nearest.empty()) message.append(". Nearest: " + text::join(nearest, ", "));
    // A published file may carry more than its module knows; a training config is typed by hand.
    const bool typed = check.info.kind == Kind::kTrainer;
    (typed ? check.errors : check.warnings).push_back(std::move(message));
  }
}

void check_task(ConfigCheck& check, const object& config, const std::string& file) {
  if (check.info.task.empty()) return;
  check.complete["task"] = check.info.task;
  const value* task = config.if_contains("task");
  if (task == nullptr || (task->is_string() && task->get_string() == check.info.task)) return;
  check.warnings.push_back(text::concat(file, ": task: expected \"", check.info.task, "\", got ",
                                        json::write(*task), ". It is not read"));
}

}  // namespace

ConfigCheck check_config(const Runtime& runtime, const object& config, const std::string& file) {
  ConfigCheck check;
  const std::string name = text_at(config, "name", file);
  const std::string type = text_at(config, "config_type", file);
  try {
    check.info = runtime.info(parse_kind(type), name);
  } catch (Error& error) {
    error.add_context(file);
    throw;
  }
  check.complete["name"] = check.info.name;
  check.complete["config_type"] = type;
  check_task(check, config, file);
  for (const value& field : check.info.fields) {
    check_field(check, field.as_object(), config, file);
  }
  check_unknown_keys(check, config, file);
  return check;
}

}  // namespace hezar::host
