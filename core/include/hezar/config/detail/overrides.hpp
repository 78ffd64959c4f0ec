#pragma once

#include <string_view>

#include <hezar/config/detail/read.hpp>
#include <hezar/config/detail/write.hpp>

/// Overrides as users type them: top-level keys, or dotted ones (`encoder.hidden_size`) that reach
/// into nested values.
namespace hezar::detail {

/// `values` with the overrides in them. A plain key replaces, a dotted one descends, making maps
/// where there are none.
/// @throws Error kConfig where it would descend into something that is no map.
[[nodiscard]] HEZAR_API boost::json::object merge(const boost::json::object& values,
                                                  const boost::json::object& overrides,
                                                  const KeyPath& at);

/// Where the first part of a dotted key ends; the whole size for a plain key.
[[nodiscard]] HEZAR_API std::size_t first_part(std::string_view key);

[[noreturn]] HEZAR_API void throw_unknown_key(std::string_view key,
                                              const std::vector<std::string>& known,
                                              const KeyPath& at);

template <class T>
void check_known(const boost::json::value& value, const KeyPath& at);

/// Refuses keys that T has no field for, also in described structs inside it.
template <Described T>
void check_known_keys(const boost::json::object& values, const KeyPath& at) {
  const std::vector<std::string> known = field_names<T>();
  for (const auto& [key, value] : values) {
    // Checked against the type when it is read.
    bool found = kIsConfig<T> && (key == "name" || key == "config_type" || key == "task");
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
      if (found || key != member.name) return;
      found = true;
      using M = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
      check_known<M>(value, at.child(key, nullptr));
    });
    if (!found) throw_unknown_key(key, known, at);
  }
}

template <class T>
void check_known(const boost::json::value& value, const KeyPath& at) {
  if constexpr (kIsOptional<T>) {
    check_known<typename T::value_type>(value, at);
  } else if constexpr (kIsVector<T>) {
    if (!value.is_array()) return;
    for (const boost::json::value& item : value.get_array()) {
      check_known<typename T::value_type>(item, at);
    }
  } else if constexpr (Described<T>) {
    if (value.is_object()) check_known_keys<T>(value.get_object(), at);
  }
}

/// Puts the default of a field into `values` where a dotted override reaches into it and the file
/// has none, so that the rest of the default is kept.
template <Described T>
void seed_defaults(boost::json::object& values, const boost::json::object& overrides,
                   const T& defaults) {
  for (const auto& [key, value] : overrides) {
    const std::size_t size = first_part(key);
    if (size == key.size()) continue;
    const std::string_view root(key.data(), size);
    if (values.contains(root)) continue;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
      if (root == member.name) values[root] = write_value(defaults.*member.pointer);
    });
  }
}

}  // namespace hezar::detail
