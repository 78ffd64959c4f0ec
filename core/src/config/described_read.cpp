#include <charconv>
#include <cmath>

#include <config/numbers.hpp>
#include <config/shown_key.hpp>
#include <hezar/config/detail/checks.hpp>
#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/nearest.hpp>
#include <hezar/text/utf8.hpp>

namespace hezar::detail {

namespace {

constexpr std::size_t kShown = 80;  // bytes of a value in an error

std::string place(const KeyPath& at) {
  if (at.path.empty()) return std::string(at.origin);
  if (at.origin.empty()) return at.path;
  return text::concat(at.origin, ": ", at.path);
}

std::string advice(const KeyPath& at) {
  return at.module.empty() ? std::string() : text::concat("See hezar info ", at.module);
}

/// A value as an error shows it.
std::string shown(const boost::json::value& value) {
  if (value.is_array()) return text::concat("a list of ", value.get_array().size());
  if (value.is_object()) return text::concat("a mapping of ", value.get_object().size());
  if (value.is_double()) return format_double(value.get_double());
  std::string text = json::write(value);
  if (text.size() <= kShown) return text;
  return text::concat(text::clip_utf8(text, kShown), "...\"");
}

/// 1.0 as `1`, for bounds are whole numbers more often than not.
std::string bound_text(double value) {
  std::string text = format_double(value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

std::string with_bounds(std::string_view what, const Field* field) {
  if (field == nullptr) return std::string(what);
  const bool has_minimum = std::isfinite(field->minimum);
  const bool has_maximum = std::isfinite(field->maximum);
  if (has_minimum && has_maximum) {
    return text::concat(what, " from ", bound_text(field->minimum), " to ",
                        bound_text(field->maximum));
  }
  if (has_minimum) return text::concat(what, " >= ", bound_text(field->minimum));
  if (has_maximum) return text::concat(what, " <= ", bound_text(field->maximum));
  return std::string(what);
}

std::vector<std::string> split_choices(std::string_view choices) {
  std::vector<std::string> out;
  while (true) {
    const std::size_t bar = choices.find('|');
    out.emplace_back(choices.substr(0, bar));
    if (bar == std::string_view::npos) return out;
    choices.remove_prefix(bar + 1);
  }
}

[[noreturn]] void throw_choice(std::string_view got, const std::vector<std::string>& choices,
                               const KeyPath& at) {
  const std::vector<std::string> nearest = text::nearest_names(got, choices, 1);
  std::string hint;
  if (!nearest.empty()) hint = text::concat("Nearest: ", nearest.front(), ". ");
  throw expected_error(ErrorCode::kConfig, place(at), "one of " + text::join(choices, ", "),
                       shown(boost::json::value(boost::json::string(got))), hint + advice(at));
}

}  // namespace

KeyPath KeyPath::child(std::string_view key, const Field* child_field) const {
  return {origin, module, path.empty() ? shown_key(key) : text::concat(path, ".", shown_key(key)),
          child_field};
}

KeyPath KeyPath::child(std::size_t index) const {
  return {origin, module, text::concat(path, "[", index, "]"), field};
}

void throw_config(const KeyPath& at, std::string_view expected, const boost::json::value& got) {
  throw expected_error(ErrorCode::kConfig, place(at), expected, shown(got), advice(at));
}

void throw_missing(const KeyPath& at) {
  throw expected_error(ErrorCode::kConfig, place(at), "a value, for it has no default", "none",
                       advice(at));
}

void check_field(const Field& field, const boost::json::value& value, const KeyPath& at) {
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.get_array().size(); ++i) {
      check_field(field, value.get_array()[i], at.child(i));
    }
    return;
  }
  if (value.is_string()) {
    if (field.choices.empty()) return;
    read_choice(value, field.choices, at);
    return;
  }
  if (!value.is_number()) return;
  const auto number = value.to_number<double>();
  const bool above = !std::isfinite(field.minimum) || number >= field.minimum;
  const bool below = !std::isfinite(field.maximum) || number <= field.maximum;
  if (above && below) return;
  throw_config(at, with_bounds(value.is_double() ? "a number" : "an integer", &field), value);
}

bool read_bool(const boost::json::value& value, const KeyPath& at) {
  if (!value.is_bool()) throw_config(at, "true or false", value);
  return value.get_bool();
}

std::int64_t read_integer(const boost::json::value& value, std::int64_t minimum,
                          std::int64_t maximum, const KeyPath& at) {
  if (value.is_int64() && value.get_int64() >= minimum && value.get_int64() <= maximum) {
    return value.get_int64();
  }
  if (value.is_int64() || value.is_uint64()) {
    throw_config(at, text::concat("an integer from ", minimum, " to ", maximum), value);
  }
  throw_config(at, with_bounds("an integer", at.field), value);
}

double read_number(const boost::json::value& value, double limit, const KeyPath& at) {
  if (!value.is_number()) throw_config(at, with_bounds("a number", at.field), value);
  const auto number = value.to_number<double>();
  if (std::isfinite(number) && std::abs(number) > limit) {
    throw_config(at, text::concat("a number of at most ", format_double(limit)), value);
  }
  return number;
}

std::string read_string(const boost::json::value& value, const KeyPath& at) {
  if (value.is_string()) return std::string(value.get_string());
  if (!value.is_number() && !value.is_bool()) throw_config(at, "a string", value);
  throw expected_error(ErrorCode::kConfig, place(at), "a string", shown(value),
                       text::concat("Write it in quotes, \"", shown(value), "\"."));
}

std::size_t read_choice(const boost::json::value& value, std::string_view choices,
                        const KeyPath& at) {
  const std::vector<std::string> names = split_choices(choices);
  if (!value.is_string()) throw_config(at, "one of " + text::join(names, ", "), value);
  const std::string_view got(value.get_string());
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == got) return i;
  }
  throw_choice(got, names, at);
}

std::int64_t read_integer_key(std::string_view key, std::int64_t minimum, std::int64_t maximum,
                              const KeyPath& at) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), number);
  // "01" beside "1" would be one key for two values.
  const bool is_canonical =
      error == std::errc{} && end == key.data() + key.size() && std::to_string(number) == key;
  if (is_canonical && number >= minimum && number <= maximum) return number;
  throw_config(at, "an integer as key", boost::json::value(boost::json::string(key)));
}

const boost::json::array& read_array(const boost::json::value& value, const KeyPath& at) {
  if (!value.is_array()) throw_config(at, "a list", value);
  return value.get_array();
}

const boost::json::array& read_array(const boost::json::value& value, std::size_t size,
                                     const KeyPath& at) {
  if (!value.is_array() || value.get_array().size() != size) {
    throw_config(at, text::concat("a list of ", size), value);
  }
  return value.get_array();
}

const boost::json::object& read_object(const boost::json::value& value, const KeyPath& at) {
  if (!value.is_object()) throw_config(at, "a mapping", value);
  return value.get_object();
}

}  // namespace hezar::detail
