#include <values.hpp>

#include <algorithm>
#include <cmath>
#include <type_traits>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/module/prediction.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::testing {

namespace {

boost::json::value item_json(const Span& span) {
  return boost::json::array{span.start, span.end};
}
boost::json::value item_json(const Tensor& tensor) {
  return hezar::to_json(tensor);
}
boost::json::value item_json(const std::string& text) {
  return boost::json::value(boost::json::string(text));
}
template <class T>
  requires std::is_arithmetic_v<T>
boost::json::value item_json(T number) {
  return boost::json::value(number);
}
template <class T>
boost::json::value item_json(const std::vector<T>& list) {
  boost::json::array out;
  for (const auto& item : list) out.push_back(item_json(item));
  return out;
}

bool is_whole(const boost::json::value& value) {
  return value.is_int64() || value.is_uint64();
}

/// The shape of evenly nested numbers; false where they are not even.
bool read_shape(const boost::json::value& value, Shape& shape, std::size_t depth,
                std::vector<const boost::json::value*>& numbers) {
  if (value.is_number()) {
    numbers.push_back(&value);
    return depth == shape.size();
  }
  if (!value.is_array()) return false;
  const boost::json::array& items = value.get_array();
  const auto size = static_cast<std::int64_t>(items.size());
  if (depth == shape.size() && numbers.empty()) shape.push_back(size);
  if (depth >= shape.size() || shape[depth] != size) return false;
  return std::all_of(items.begin(), items.end(), [&](const boost::json::value& item) {
    return read_shape(item, shape, depth + 1, numbers);
  });
}

template <class T>
std::vector<T> numbers_as(const std::vector<const boost::json::value*>& numbers) {
  std::vector<T> out;
  for (const boost::json::value* number : numbers) out.push_back(number->to_number<T>());
  return out;
}

Error no_column(const boost::json::value& value) {
  return expected_error(ErrorCode::kFormat, "golden file",
                        "a list of numbers, texts or lists of these",
                        json::write(value).substr(0, 80));
}

template <class T>
std::vector<T> items_as(const boost::json::value& value) {
  std::vector<T> out;
  for (const boost::json::value& item : value.get_array()) {
    if constexpr (std::is_same_v<T, std::string>) {
      out.emplace_back(item.as_string());
    } else if constexpr (std::is_arithmetic_v<T>) {
      out.push_back(item.to_number<T>());
    } else {
      if (!item.is_array()) throw no_column(value);
      out.push_back(items_as<typename T::value_type>(item));
    }
  }
  return out;
}

template <class Test>
bool all_items(const boost::json::value& value, Test test) {
  const boost::json::array& items = value.get_array();
  return std::all_of(items.begin(), items.end(), test);
}

std::string show(const boost::json::value& value) {
  const std::string text = json::write(value);
  return text.size() > 80 ? text.substr(0, 80) + "..." : text;
}

std::string differs(const std::string& path, const boost::json::value& expected,
                    const boost::json::value& got) {
  return text::concat(path.empty() ? "" : path + ": ", "expected ", show(expected), ", got ",
                      show(got));
}

bool close(double expected, double got, double tolerance) {
  if (std::isnan(expected) || std::isnan(got)) return std::isnan(expected) == std::isnan(got);
  if (expected == got) return true;  // infinities too
  return std::abs(expected - got) <= tolerance * std::max(1.0, std::abs(expected));
}

}  // namespace

boost::json::value to_json(const Column& column) {
  return std::visit([](const auto& value) { return item_json(value); }, column);
}

boost::json::object to_json(const Columns& columns) {
  boost::json::object out;
  for (const auto& [name, column] : columns) out[name] = to_json(column);
  return out;
}

boost::json::object to_json(const MetricValues& values) {
  boost::json::object out;
  for (const auto& [name, value] : values) {
    out[name] = std::visit([](const auto& figure) { return item_json(figure); }, value);
  }
  return out;
}

Column to_column(const boost::json::value& value) {
  Shape shape;
  std::vector<const boost::json::value*> numbers;
  if (!value.is_array() || !read_shape(value, shape, 0, numbers) || numbers.empty()) {
    return to_list(value);
  }
  const bool whole = std::all_of(numbers.begin(), numbers.end(),
                                 [](const boost::json::value* n) { return is_whole(*n); });
  if (whole) return Tensor::of(numbers_as<std::int64_t>(numbers), shape);
  return Tensor::of(numbers_as<float>(numbers), shape);
}

Column to_list(const boost::json::value& value) {
  if (!value.is_array()) throw no_column(value);
  const auto is_text = [](const boost::json::value& item) { return item.is_string(); };
  const auto is_list_of = [](auto test) {
    return
        [test](const boost::json::value& item) { return item.is_array() && all_items(item, test); };
  };
  if (all_items(value, is_whole)) return items_as<std::int64_t>(value);
  if (all_items(value, [](const auto& item) { return item.is_number(); })) {
    return items_as<double>(value);
  }
  if (all_items(value, is_text)) return items_as<std::string>(value);
  if (all_items(value, is_list_of(is_whole))) return items_as<Integers>(value);
  if (all_items(value, is_list_of(is_text))) return items_as<Strings>(value);
  throw no_column(value);
}

std::string difference(const boost::json::value& expected, const boost::json::value& got,
                       double tolerance, const std::string& path) {
  if (expected.is_number() && got.is_number()) {
    const bool equal = close(expected.to_number<double>(), got.to_number<double>(), tolerance);
    return equal ? std::string() : differs(path, expected, got);
  }
  if (expected.is_array() && got.is_array()) {
    const boost::json::array& left = expected.get_array();
    const boost::json::array& right = got.get_array();
    if (left.size() != right.size()) return differs(path, expected, got);
    for (std::size_t i = 0; i < left.size(); ++i) {
      std::string found = difference(left[i], right[i], tolerance, text::concat(path, "[", i, "]"));
      if (!found.empty()) return found;
    }
    return {};
  }
  if (expected.is_object() && got.is_object()) {
    const boost::json::object& right = got.get_object();
    if (expected.get_object().size() != right.size()) return differs(path, expected, got);
    std::string found = difference_of_named(expected.get_object(), right, tolerance);
    return found.empty() || path.empty() ? found : text::concat(path, ".", found);
  }
  return expected == got ? std::string() : differs(path, expected, got);
}

std::string difference_of_named(const boost::json::object& expected, const boost::json::object& got,
                                double tolerance) {
  for (const auto& [key, value] : expected) {
    const std::string name(key);
    const boost::json::value* other = got.if_contains(key);
    if (other == nullptr) return text::concat(name, ": expected ", show(value), ", got nothing");
    std::string found = difference(value, *other, tolerance, name);
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace hezar::testing
