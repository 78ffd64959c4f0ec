#pragma once

#include <string>
#include <utility>
#include <variant>

#include <hezar/config/detail/types.hpp>

/// Writes described structs as JSON.
namespace hezar::detail {

/// The double that the shortest decimal text of a float stands for: 0.1, not 0.10000000149.
[[nodiscard]] HEZAR_API double shortest_double(float value);

template <class T>
[[nodiscard]] boost::json::value write_value(const T& value);

/// Configs begin with their identity and end with what their file had beside the fields.
template <Described T>
[[nodiscard]] boost::json::object write_struct(const T& value) {
  boost::json::object out;
  if constexpr (kIsConfig<T>) {
    out["name"] = T::kName;
    out["config_type"] = T::kConfigType;
    if (!T::kTask.empty()) out["task"] = T::kTask;
  }
  boost::mp11::mp_for_each<MembersOf<T>>(
      [&](auto member) { out[member.name] = write_value(value.*member.pointer); });
  if constexpr (kIsConfig<T>) {
    for (const auto& [key, item] : value.extra) out.emplace(key, item);
  }
  return out;
}

template <DescribedEnum E>
[[nodiscard]] boost::json::value write_enum(E value) {
  boost::json::value out;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
    if (enumerator.value == value) out = enumerator_name(enumerator.name);
  });
  return out;
}

template <class T>
[[nodiscard]] boost::json::object write_map(const T& value) {
  boost::json::object out;
  for (const auto& [key, item] : value) {
    if constexpr (std::is_integral_v<typename T::key_type>) {
      out[std::to_string(key)] = write_value(item);
    } else {
      out[key] = write_value(item);
    }
  }
  return out;
}

template <class T>
boost::json::value write_value(const T& value) {
  if constexpr (kIsOptional<T>) {
    return value ? write_value(*value) : boost::json::value(nullptr);
  } else if constexpr (std::is_same_v<T, float>) {
    return shortest_double(value);
  } else if constexpr (kIsJson<T> || std::is_arithmetic_v<T>) {
    return boost::json::value(value);
  } else if constexpr (std::is_same_v<T, std::string>) {
    return boost::json::value(boost::json::string(value));
  } else if constexpr (DescribedEnum<T>) {
    return write_enum(value);
  } else if constexpr (kIsMap<T>) {
    return write_map(value);
  } else if constexpr (kIsVariant<T>) {
    return std::visit([](const auto& item) { return write_value(item); }, value);
  } else if constexpr (Described<T>) {
    return write_struct(value);
  } else {
    boost::json::array out;
    for (const auto& item : value) out.push_back(write_value(item));
    return out;
  }
}

}  // namespace hezar::detail
