#include <algorithm>
#include <cmath>
#include <utility>

#include <config/numbers.hpp>
#include <config/same_type.hpp>
#include <config/shown_key.hpp>
#include <hezar/config/described.hpp>
#include <hezar/error/error.hpp>
#include <hezar/log/log.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::detail {

namespace {

constexpr std::size_t kMaxTold = 20;      // keys in a log line
constexpr std::ptrdiff_t kMaxParts = 64;  // of a dotted key

std::string place(const KeyPath& at, std::string_view what) {
  std::string out(at.origin);
  for (const std::string_view part : {std::string_view(at.path), what}) {
    if (part.empty()) continue;
    if (!out.empty()) out += ": ";
    out += part;
  }
  return out;
}

/// The value of an identity key that must be a string.
std::string_view identity(const boost::json::object& values, std::string_view key,
                          const KeyPath& at) {
  const boost::json::value* value = values.if_contains(key);
  if (value == nullptr || value->is_null()) return {};
  if (!value->is_string()) throw_config(at.child(key, nullptr), "a string", *value);
  return value->get_string();
}

void tell(std::string_view what, const std::vector<std::string>& keys, const KeyPath& at) {
  if (keys.empty()) return;
  std::vector<std::string> listed;
  for (std::size_t i = 0; i < std::min(keys.size(), kMaxTold); ++i) {
    listed.push_back(shown_key(keys[i]));
  }
  if (keys.size() > kMaxTold)
    listed.push_back(text::concat("and ", keys.size() - kMaxTold, " more"));
  log::info(place(at, text::concat(what, text::join(listed, ", "))));
}

bool is_known(std::string_view key, const std::vector<std::string>& known) {
  return std::find(known.begin(), known.end(), key) != known.end();
}

void put(boost::json::object& out, std::string_view key, const boost::json::value& value,
         const KeyPath& at) {
  const std::size_t size = first_part(key);
  if (size == key.size()) {
    out[key] = value;
    return;
  }
  const std::string_view root = key.substr(0, size);
  const KeyPath here = at.child(root, nullptr);
  boost::json::value& nested = out[root];
  if (nested.is_null()) nested.emplace_object();
  if (!nested.is_object()) {
    throw_config(here, text::concat("a mapping to put ", key.substr(size + 1), " in"), nested);
  }
  put(nested.get_object(), key.substr(size + 1), value, here);
}

/// Whole bounds as integers, which most fields are.
boost::json::value bound(double value) {
  constexpr double kExact = 1e15;
  if (value != std::floor(value) || std::abs(value) > kExact) return value;
  return static_cast<std::int64_t>(value);
}

}  // namespace

std::string enumerator_name(std::string_view enumerator) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const bool is_constant = enumerator.size() > 1 && enumerator[0] == 'k' && is_upper(enumerator[1]);
  if (!is_constant) return std::string(enumerator);
  std::string out;
  for (const char c : enumerator.substr(1)) {
    if (is_upper(c) && !out.empty()) out.push_back('_');
    out.push_back(is_upper(c) ? static_cast<char>(c + ('a' - 'A')) : c);
  }
  return out;
}

double shortest_double(float value) {
  return widen_shortest(value);
}

std::size_t first_part(std::string_view key) {
  const std::size_t dot = key.find('.');
  // A dot at an end joins nothing.
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == key.size()) return key.size();
  return dot;
}

boost::json::object merge(const boost::json::object& values, const boost::json::object& overrides,
                          const KeyPath& at) {
  boost::json::object out = values;
  for (const auto& [key, value] : overrides) {
    if (std::count(key.begin(), key.end(), '.') > kMaxParts) {
      throw expected_error(ErrorCode::kConfig, place(at, {}),
                           text::concat("keys of at most ", kMaxParts, " parts"), shown_key(key));
    }
    put(out, key, value, at);
  }
  return out;
}

void throw_unknown_key(std::string_view key, const std::vector<std::string>& known,
                       const KeyPath& at) {
  throw unknown_name_error(ErrorCode::kConfig, place(at, {}), "a known key", key, known);
}

boost::json::object take_extra(const boost::json::object& values,
                               const std::vector<std::string>& known, std::string_view config_type,
                               std::string_view name, std::string_view task, const KeyPath& at) {
  const std::string_view got_type = identity(values, "config_type", at);
  if (!got_type.empty() && config_type != Config::kConfigType &&
      !same_type(got_type, config_type)) {
    throw expected_error(ErrorCode::kConfig, place(at, "config_type mismatch"),
                         text::concat('"', config_type, '"'), text::concat('"', got_type, '"'),
                         "The file is of another kind.");
  }
  const std::string_view got_name = identity(values, "name", at);
  if (!got_name.empty() && !name.empty() && got_name != name) {
    throw expected_error(ErrorCode::kConfig, place(at.child("name", nullptr), {}),
                         text::concat('"', name, '"'), text::concat('"', got_name, '"'),
                         "The file is another module's.");
  }
  boost::json::object extra;
  std::vector<std::string> keys;
  for (const auto& [key, value] : values) {
    const bool is_identity =
        key == "name" || key == "config_type" || (key == "task" && !task.empty());
    if (is_identity || is_known(key, known)) continue;
    extra[key] = value;
    keys.emplace_back(key);
  }
  tell("keys that it has no field for are kept as they are: ", keys, at);
  return extra;
}

void tell_unknown(const boost::json::object& values, const std::vector<std::string>& known,
                  const KeyPath& at) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : values) {
    if (!is_known(key, known)) keys.emplace_back(key);
  }
  tell("keys that it has no field for are ignored: ", keys, at);
}

boost::json::object describe_field(std::string_view name, const std::string& type, bool nullable,
                                   std::string choices, boost::json::value default_value,
                                   const Field* field) {
  boost::json::object out;
  out["name"] = name;
  out["type"] = type;
  out["nullable"] = nullable;
  out["required"] = field != nullptr && field->is_required;
  out["default"] = std::move(default_value);
  if (field != nullptr && std::isfinite(field->minimum)) out["minimum"] = bound(field->minimum);
  if (field != nullptr && std::isfinite(field->maximum)) out["maximum"] = bound(field->maximum);
  if (choices.empty() && field != nullptr) choices = field->choices;
  if (!choices.empty()) {
    boost::json::array& list = out["choices"].emplace_array();
    for (std::size_t start = 0; start <= choices.size();) {
      const std::size_t end = std::min(choices.find('|', start), choices.size());
      list.emplace_back(std::string_view(choices).substr(start, end - start));
      start = end + 1;
    }
  }
  out["doc"] = field == nullptr ? std::string_view() : field->doc;
  return out;
}

}  // namespace hezar::detail
