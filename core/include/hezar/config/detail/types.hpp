#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11/algorithm.hpp>

#include <hezar/api.hpp>
#include <hezar/config/config.hpp>
#include <hezar/config/field.hpp>

/// The types that config fields may have, and what they are called.
namespace hezar {

template <class T>
concept Described = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;

template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

/// Members of T and of its described bases, bases first, as an mp11 list.
template <class T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_public |
                                                           boost::describe::mod_inherited>;

namespace detail {

template <class T>
inline constexpr bool kIsConfig = std::is_base_of_v<Config, T>;

template <class T>
inline constexpr bool kIsJson =
    std::is_same_v<T, boost::json::value> || std::is_same_v<T, boost::json::object> ||
    std::is_same_v<T, boost::json::array>;

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;

template <class T>
inline constexpr bool kIsArray = false;
template <class T, std::size_t N>
inline constexpr bool kIsArray<std::array<T, N>> = true;

template <class T>
inline constexpr bool kIsMap = false;
template <class K, class V>
inline constexpr bool kIsMap<std::map<K, V>> = true;

template <class T>
inline constexpr bool kIsVariant = false;
template <class... T>
inline constexpr bool kIsVariant<std::variant<T...>> = true;

/// The spelling of an enumerator in files: `kCrossEntropy` is "cross_entropy", others stay as they
/// are.
[[nodiscard]] HEZAR_API std::string enumerator_name(std::string_view enumerator);

/// The spellings of an enum in order, joined as Field::choices are: "l1|mse".
template <DescribedEnum E>
[[nodiscard]] std::string enumerator_names() {
  std::string names;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
    names += (names.empty() ? "" : "|") + enumerator_name(enumerator.name);
  });
  return names;
}

template <class T>
[[nodiscard]] std::string type_name();

template <class... T>
[[nodiscard]] std::string variant_name(const std::variant<T...>* /*type*/) {
  std::string name;
  ((name += (name.empty() ? "" : " | ") + type_name<T>()), ...);
  return name;
}

/// As `hezar info` prints it: "int", "list[str]", "map[int, str]", "int | float".
template <class T>
std::string type_name() {
  if constexpr (kIsOptional<T>) {
    return type_name<typename T::value_type>();
  } else if constexpr (std::is_same_v<T, bool>) {
    return "bool";
  } else if constexpr (std::is_integral_v<T>) {
    return "int";
  } else if constexpr (std::is_floating_point_v<T>) {
    return "float";
  } else if constexpr (std::is_same_v<T, std::string> || DescribedEnum<T>) {
    return "str";
  } else if constexpr (std::is_same_v<T, boost::json::value>) {
    return "any";
  } else if constexpr (std::is_same_v<T, boost::json::array>) {
    return "list";
  } else if constexpr (kIsVector<T> || kIsArray<T>) {
    return "list[" + type_name<typename T::value_type>() + "]";
  } else if constexpr (kIsMap<T>) {
    return "map[" + type_name<typename T::key_type>() + ", " +
           type_name<typename T::mapped_type>() + "]";
  } else if constexpr (kIsVariant<T>) {
    return variant_name(static_cast<const T*>(nullptr));
  } else {
    return "map";
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
[[nodiscard]] std::vector<std::string> field_names() {
  std::vector<std::string> names;
  boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) { names.emplace_back(member.name); });
  return names;
}

}  // namespace detail
}  // namespace hezar
