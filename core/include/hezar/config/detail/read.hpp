#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <hezar/config/detail/checks.hpp>
#include <hezar/config/detail/types.hpp>

/// Reads described structs: the templates only walk members, checks.hpp has the rest.
namespace hezar::detail {

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
