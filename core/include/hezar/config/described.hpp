#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11/algorithm.hpp>

#include <hezar/api.hpp>
#include <hezar/config/config.hpp>
#include <hezar/config/field.hpp>
#include <hezar/error/error.hpp>

/// Reads and writes described structs. What is generic over JSON lives in libhezar; the templates
/// only walk members.
namespace hezar {

template <class T>
concept Described = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;

/// Members of T and of its described bases, bases first, as an mp11 list.
template <class T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_public |
                                                           boost::describe::mod_inherited>;

namespace detail {

/// Where a value stands, for errors: `config.yaml: encoder.hidden_size`.
struct KeyPath {
  std::string_view origin;
  std::string path;
  [[nodiscard]] HEZAR_API KeyPath child(std::string_view key) const;
  [[nodiscard]] HEZAR_API KeyPath child(std::size_t index) const;
};

[[noreturn]] HEZAR_API void throw_config(const KeyPath& at, std::string_view expected,
                                         const boost::json::value& got);
HEZAR_API void check_field(const Field& field, const boost::json::value& value, const KeyPath& at);

HEZAR_API bool read_bool(const boost::json::value& value, const KeyPath& at);
HEZAR_API std::int64_t read_integer(const boost::json::value& value, const KeyPath& at);
HEZAR_API double read_number(const boost::json::value& value, const KeyPath& at);
HEZAR_API std::string read_string(const boost::json::value& value, const KeyPath& at);
HEZAR_API std::int64_t read_integer_key(std::string_view key, const KeyPath& at);
HEZAR_API const boost::json::array& read_array(const boost::json::value& value, const KeyPath& at);
HEZAR_API const boost::json::object& read_object(const boost::json::value& value,
                                                 const KeyPath& at);

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsMap : std::false_type {};
template <class K, class V>
struct IsMap<std::map<K, V>> : std::true_type {};
template <class T>
struct IsVariant : std::false_type {};
template <class... T>
struct IsVariant<std::variant<T...>> : std::true_type {};

/// Whether a JSON value could be an alternative of a variant.
template <class T>
[[nodiscard]] bool fits(const boost::json::value& value) {
  if constexpr (std::is_same_v<T, bool>)
    return value.is_bool();
  else if constexpr (std::is_integral_v<T>)
    return value.is_int64() || value.is_uint64();
  else if constexpr (std::is_floating_point_v<T>)
    return value.is_number();
  else if constexpr (std::is_same_v<T, std::string>)
    return value.is_string();
  else if constexpr (IsVector<T>::value)
    return value.is_array();
  else
    return value.is_object();
}

template <class T>
void read_value(T& out, const boost::json::value& value, const KeyPath& at);

template <class... T>
void read_variant(std::variant<T...>& out, const boost::json::value& value, const KeyPath& at) {
  bool done = false;
  (([&] {
     if (done || !fits<T>(value)) return;
     T alternative{};
     read_value(alternative, value, at);
     out = std::move(alternative);
     done = true;
   }()),
   ...);
  if (!done) throw_config(at, "a value of one of the documented types", value);
}

template <class T>
void read_value(T& out, const boost::json::value& value, const KeyPath& at) {
  if constexpr (IsOptional<T>::value) {
    if (value.is_null()) {
      out.reset();
    } else {
      read_value(out.emplace(), value, at);
    }
  } else if constexpr (std::is_same_v<T, boost::json::value>) {
    out = value;
  } else if constexpr (std::is_same_v<T, boost::json::object>) {
    out = read_object(value, at);
  } else if constexpr (std::is_same_v<T, boost::json::array>) {
    out = read_array(value, at);
  } else if constexpr (std::is_same_v<T, bool>) {
    out = read_bool(value, at);
  } else if constexpr (std::is_integral_v<T>) {
    out = static_cast<T>(read_integer(value, at));
  } else if constexpr (std::is_floating_point_v<T>) {
    out = static_cast<T>(read_number(value, at));
  } else if constexpr (std::is_same_v<T, std::string>) {
    out = read_string(value, at);
  } else if constexpr (IsVector<T>::value) {
    out.clear();
    for (const boost::json::value& item : read_array(value, at)) {
      read_value(out.emplace_back(), item, at.child(out.size() - 1));
    }
  } else if constexpr (IsMap<T>::value) {
    out.clear();
    for (const auto& [key, item] : read_object(value, at)) {
      if constexpr (std::is_integral_v<typename T::key_type>) {
        read_value(out[read_integer_key(key, at)], item, at.child(key));
      } else {
        read_value(out[std::string(key)], item, at.child(key));
      }
    }
  } else if constexpr (IsVariant<T>::value) {
    read_variant(out, value, at);
  } else {
    static_assert(Described<T>,
                  "a config field must be of a type that configs know, see core/config");
    read_members(out, read_object(value, at), at);
  }
}

/// The Field entry of a member, looked up through the described bases.
template <class T>
[[nodiscard]] constexpr const Field* find_field(std::string_view name) {
  if constexpr (requires { T::kFields; }) {
    for (const Field& field : T::kFields) {
      if (field.name == name) return &field;
    }
  }
  const Field* found = nullptr;
  using Bases = boost::describe::describe_bases<T, boost::describe::mod_public>;
  boost::mp11::mp_for_each<Bases>([&](auto base) {
    if (found == nullptr) found = find_field<typename decltype(base)::type>(name);
  });
  return found;
}

template <class T>
void read_members(T& out, const boost::json::object& values, const KeyPath& at) {
  boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
    const KeyPath here = at.child(member.name);
    const Field* field = find_field<T>(member.name);
    const boost::json::value* value = values.if_contains(member.name);
    if (value == nullptr) {
      if (field != nullptr && field->is_required) {
        throw expected_error(ErrorCode::kConfig, here.path, "a value, for it has no default",
                             "nothing");
      }
      return;
    }
    read_value(out.*member.pointer, *value, here);
    if (field != nullptr) check_field(*field, *value, here);
  });
}

template <class T>
[[nodiscard]] boost::json::value write_value(const T& value);

template <class T>
void write_members(boost::json::object& out, const T& value) {
  boost::mp11::mp_for_each<MembersOf<T>>(
      [&](auto member) { out[member.name] = write_value(value.*member.pointer); });
}

template <class T>
boost::json::value write_value(const T& value) {
  if constexpr (IsOptional<T>::value) {
    return value ? write_value(*value) : boost::json::value(nullptr);
  } else if constexpr (std::is_same_v<T, boost::json::value> ||
                       std::is_same_v<T, boost::json::object> ||
                       std::is_same_v<T, boost::json::array> || std::is_same_v<T, bool> ||
                       std::is_arithmetic_v<T>) {
    return boost::json::value(value);
  } else if constexpr (std::is_same_v<T, std::string>) {
    return boost::json::value(boost::json::string(value));
  } else if constexpr (IsMap<T>::value) {
    boost::json::object out;
    for (const auto& [key, item] : value) {
      if constexpr (std::is_integral_v<typename T::key_type>) {
        out[std::to_string(key)] = write_value(item);
      } else {
        out[key] = write_value(item);
      }
    }
    return out;
  } else if constexpr (IsVariant<T>::value) {
    return std::visit([](const auto& item) { return write_value(item); }, value);
  } else if constexpr (Described<T>) {
    boost::json::object out;
    write_members(out, value);
    return out;
  } else {
    boost::json::array out;
    for (const auto& item : value) out.push_back(write_value(item));
    return out;
  }
}

template <class T>
[[nodiscard]] constexpr std::string_view type_name() {
  if constexpr (IsOptional<T>::value)
    return type_name<typename T::value_type>();
  else if constexpr (std::is_same_v<T, bool>)
    return "bool";
  else if constexpr (std::is_integral_v<T>)
    return "int";
  else if constexpr (std::is_floating_point_v<T>)
    return "float";
  else if constexpr (std::is_same_v<T, std::string>)
    return "str";
  else if constexpr (IsVector<T>::value || std::is_same_v<T, boost::json::array>)
    return "list";
  else if constexpr (IsVariant<T>::value || std::is_same_v<T, boost::json::value>)
    return "any";
  else
    return "map";
}

[[nodiscard]] HEZAR_API boost::json::object describe_field(std::string_view name,
                                                           std::string_view type, bool nullable,
                                                           boost::json::value default_value,
                                                           const Field* field);

/// Refuses overrides that no field has, naming the nearest.
HEZAR_API void check_known_keys(const boost::json::object& overrides,
                                const std::vector<std::string>& known, std::string_view origin);
/// file, then overrides, top-level keys.
[[nodiscard]] HEZAR_API boost::json::object merge(const boost::json::object& file,
                                                  const boost::json::object& overrides);
/// Refuses a file of another kind; logs unknown keys at info level and returns them.
[[nodiscard]] HEZAR_API boost::json::object take_extra(const boost::json::object& values,
                                                       const std::vector<std::string>& known,
                                                       std::string_view origin,
                                                       std::string_view config_type,
                                                       std::string_view name);

template <class T>
[[nodiscard]] std::vector<std::string> field_names() {
  std::vector<std::string> names;
  boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) { names.emplace_back(member.name); });
  return names;
}

}  // namespace detail

/// Builds a config from values: defaults < file < overrides, merged before required fields are
/// checked.
/// @throws Error kConfig naming origin, key path, what was expected and what was there; for an
/// unknown override the
///         nearest known key.
template <class C>
[[nodiscard]] C read_config(const ConfigValues& values) {
  const std::vector<std::string> known = detail::field_names<C>();
  detail::check_known_keys(values.overrides, known, values.origin);
  const boost::json::object merged = detail::merge(values.file, values.overrides);
  C config;
  if constexpr (std::is_base_of_v<Config, C>) {
    config.extra = detail::take_extra(merged, known, values.origin, C::kConfigType, C::kName);
  }
  detail::read_members(config, merged, detail::KeyPath{values.origin, {}});
  return config;
}

/// Reads an options struct of a call; every key must be known.
template <class O>
[[nodiscard]] O read_options(const boost::json::object& options, std::string_view origin) {
  return read_config<O>(ConfigValues{{}, options, std::string(origin)});
}

/// The config in file order: name, config_type, task, fields (bases first), then what the file had
/// beside them.
template <class C>
[[nodiscard]] boost::json::object write_config(const C& config) {
  boost::json::object out;
  out["name"] = C::kName;
  out["config_type"] = C::kConfigType;
  if (!C::kTask.empty()) out["task"] = C::kTask;
  detail::write_members(out, config);
  for (const auto& [key, value] : config.extra) {
    if (!out.contains(key)) out[key] = value;
  }
  return out;
}

/// A described struct as JSON, field by field.
template <class T>
[[nodiscard]] boost::json::value to_json_value(const T& value) {
  return detail::write_value(value);
}

/// The fields of a config or options type, for `hezar info` and for plugins' module lists.
template <class C>
[[nodiscard]] boost::json::array describe_fields() {
  boost::json::array out;
  const C defaults;
  boost::mp11::mp_for_each<MembersOf<C>>([&](auto member) {
    using T = std::remove_cvref_t<decltype(defaults.*member.pointer)>;
    out.push_back(detail::describe_field(
        member.name, detail::type_name<T>(), detail::IsOptional<T>::value,
        detail::write_value(defaults.*member.pointer), detail::find_field<C>(member.name)));
  });
  return out;
}

}  // namespace hezar
