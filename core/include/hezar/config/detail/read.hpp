#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <hezar/config/detail/types.hpp>

/// Reads described structs; what is generic over JSON lives in libhezar, the templates only walk
/// members.
namespace hezar::detail {

/// Where a value stands, for errors: `config.yaml: encoder.hidden_size`.
struct KeyPath {
  std::string_view origin;
  std::string_view module;  ///< a registry name to ask `hezar info` about; empty: none
  std::string path;
  const Field* field = nullptr;  ///< whose bounds an error tells

  [[nodiscard]] HEZAR_API KeyPath child(std::string_view key, const Field* child_field) const;
  [[nodiscard]] HEZAR_API KeyPath child(std::size_t index) const;
};

[[noreturn]] HEZAR_API void throw_config(const KeyPath& at, std::string_view expected,
                                         const boost::json::value& got);
[[noreturn]] HEZAR_API void throw_missing(const KeyPath& at);
/// Bounds and choices; null passes, in lists they hold for each item.
HEZAR_API void check_field(const Field& field, const boost::json::value& value, const KeyPath& at);

HEZAR_API bool read_bool(const boost::json::value& value, const KeyPath& at);
HEZAR_API std::int64_t read_integer(const boost::json::value& value, std::int64_t minimum,
                                    std::int64_t maximum, const KeyPath& at);
/// @param limit  largest finite magnitude of the field's type.
HEZAR_API double read_number(const boost::json::value& value, double limit, const KeyPath& at);
HEZAR_API std::string read_string(const boost::json::value& value, const KeyPath& at);
/// The index of a name among `a|b|c`.
HEZAR_API std::size_t read_choice(const boost::json::value& value, std::string_view choices,
                                  const KeyPath& at);
HEZAR_API std::int64_t read_integer_key(std::string_view key, std::int64_t minimum,
                                        std::int64_t maximum, const KeyPath& at);
HEZAR_API const boost::json::array& read_array(const boost::json::value& value, const KeyPath& at);
HEZAR_API const boost::json::array& read_array(const boost::json::value& value, std::size_t size,
                                               const KeyPath& at);
HEZAR_API const boost::json::object& read_object(const boost::json::value& value,
                                                 const KeyPath& at);

/// Refuses a config of another kind or name; tells the keys without a field at info level and gives
/// them back.
[[nodiscard]] HEZAR_API boost::json::object take_extra(const boost::json::object& values,
                                                       const std::vector<std::string>& known,
                                                       std::string_view config_type,
                                                       std::string_view name, std::string_view task,
                                                       const KeyPath& at);
/// For structs that keep no extra keys: tells at info level which are dropped.
HEZAR_API void tell_unknown(const boost::json::object& values,
                            const std::vector<std::string>& known, const KeyPath& at);

template <class T>
inline constexpr std::int64_t kLeast =
    std::is_signed_v<T> ? static_cast<std::int64_t>(std::numeric_limits<T>::min()) : 0;
template <class T>
inline constexpr std::int64_t kMost =
    sizeof(T) < sizeof(std::int64_t) ? static_cast<std::int64_t>(std::numeric_limits<T>::max())
                                     : std::numeric_limits<std::int64_t>::max();

/// Whether a JSON value could be an alternative of a variant.
template <class T>
[[nodiscard]] bool fits(const boost::json::value& value) {
  if constexpr (kIsOptional<T>) {
    return value.is_null() || fits<typename T::value_type>(value);
  } else if constexpr (std::is_same_v<T, boost::json::value>) {
    return true;
  } else if constexpr (std::is_same_v<T, bool>) {
    return value.is_bool();
  } else if constexpr (std::is_integral_v<T>) {
    return value.is_int64() || value.is_uint64();
  } else if constexpr (std::is_floating_point_v<T>) {
    return value.is_number();
  } else if constexpr (std::is_same_v<T, std::string> || DescribedEnum<T>) {
    return value.is_string();
  } else if constexpr (kIsVector<T> || kIsArray<T> || std::is_same_v<T, boost::json::array>) {
    return value.is_array();
  } else {
    return value.is_object();
  }
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
  if (!done) throw_config(at, type_name<std::variant<T...>>(), value);
}

template <class T>
void read_map(T& out, const boost::json::value& value, const KeyPath& at) {
  using Key = typename T::key_type;
  out.clear();
  for (const auto& [key, item] : read_object(value, at)) {
    const KeyPath here = at.child(key, at.field);
    if constexpr (std::is_integral_v<Key>) {
      const auto number = static_cast<Key>(read_integer_key(key, kLeast<Key>, kMost<Key>, here));
      read_value(out[number], item, here);
    } else {
      read_value(out[std::string(key)], item, here);
    }
  }
}

template <DescribedEnum E>
void read_enum(E& out, const boost::json::value& value, const KeyPath& at) {
  const std::size_t chosen = read_choice(value, enumerator_names<E>(), at);
  std::size_t index = 0;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
    if (index++ == chosen) out = enumerator.value;
  });
}

template <class T>
void read_members(T& out, const boost::json::object& values, const KeyPath& at) {
  boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
    const Field* field = find_field<T>(member.name);
    const KeyPath here = at.child(member.name, field);
    const boost::json::value* value = values.if_contains(member.name);
    if (value == nullptr) {
      if (field != nullptr && field->is_required) throw_missing(here);
      return;
    }
    read_value(out.*member.pointer, *value, here);
    if (field != nullptr) check_field(*field, *value, here);
  });
}

template <Described T>
void read_struct(T& out, const boost::json::object& values, const KeyPath& at) {
  if constexpr (kIsConfig<T>) {
    out.extra = take_extra(values, field_names<T>(), T::kConfigType, T::kName, T::kTask, at);
  } else {
    tell_unknown(values, field_names<T>(), at);
  }
  read_members(out, values, at);
}

template <class T>
void read_value(T& out, const boost::json::value& value, const KeyPath& at) {
  if constexpr (kIsOptional<T>) {
    if (value.is_null()) {
      out.reset();
    } else {
      if (!out) out.emplace();
      read_value(*out, value, at);
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
    out = static_cast<T>(read_integer(value, kLeast<T>, kMost<T>, at));
  } else if constexpr (std::is_floating_point_v<T>) {
    out = static_cast<T>(read_number(value, std::numeric_limits<T>::max(), at));
  } else if constexpr (std::is_same_v<T, std::string>) {
    out = read_string(value, at);
  } else if constexpr (DescribedEnum<T>) {
    read_enum(out, value, at);
  } else if constexpr (kIsVector<T>) {
    const boost::json::array& items = read_array(value, at);
    out.clear();
    for (std::size_t i = 0; i < items.size(); ++i) {
      typename T::value_type item{};
      read_value(item, items[i], at.child(i));
      out.push_back(std::move(item));
    }
  } else if constexpr (kIsArray<T>) {
    const boost::json::array& items = read_array(value, out.size(), at);
    for (std::size_t i = 0; i < out.size(); ++i) read_value(out[i], items[i], at.child(i));
  } else if constexpr (kIsMap<T>) {
    read_map(out, value, at);
  } else if constexpr (kIsVariant<T>) {
    read_variant(out, value, at);
  } else {
    static_assert(Described<T>, "a config field must be of a type that configs know");
    read_struct(out, read_object(value, at), at);
  }
}

}  // namespace hezar::detail
