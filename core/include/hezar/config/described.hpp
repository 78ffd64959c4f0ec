#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <hezar/api.hpp>
#include <hezar/config/config.hpp>
#include <hezar/config/detail/overrides.hpp>
#include <hezar/config/detail/read.hpp>
#include <hezar/config/detail/types.hpp>
#include <hezar/config/detail/write.hpp>
#include <hezar/config/field.hpp>

/// Reads and writes described structs: configs of modules, options of calls, results.
///
/// A field may be a bool, integer, float, string, described enum (by its name in snake_case without
/// the `k`), described struct, boost::json value, object or array, or an optional, vector, array,
/// variant, or map (from strings or integers) of these. Reading is strict: a bool is no integer, a
/// float no integer, a number no string; an integer is a float.
namespace hezar {

namespace detail {

[[nodiscard]] HEZAR_API boost::json::object describe_field(std::string_view name,
                                                           const std::string& type, bool nullable,
                                                           std::string choices,
                                                           boost::json::value default_value,
                                                           const Field* field);

template <class T>
[[nodiscard]] std::string choices_of() {
  if constexpr (kIsOptional<T> || kIsVector<T>) {
    return choices_of<typename T::value_type>();
  } else if constexpr (DescribedEnum<T>) {
    return enumerator_names<T>();
  } else {
    return {};
  }
}

template <class T>
void collect_undocumented(std::vector<std::string>& out, const std::string& prefix) {
  if constexpr (kIsOptional<T> || kIsVector<T>) {
    collect_undocumented<typename T::value_type>(out, prefix);
  } else if constexpr (kIsMap<T>) {
    collect_undocumented<typename T::mapped_type>(out, prefix);
  } else if constexpr (Described<T>) {
    const std::string start = prefix.empty() ? prefix : prefix + ".";
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
      const Field* field = find_field<T>(member.name);
      if (field == nullptr || field->doc.empty()) out.push_back(start + member.name);
      using M = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
      collect_undocumented<M>(out, start + member.name);
    });
    if constexpr (requires { T::kFields; }) {
      for (const Field& field : T::kFields) {
        bool exists = false;
        boost::mp11::mp_for_each<MembersOf<T>>(
            [&](auto member) { exists = exists || field.name == member.name; });
        if (!exists) out.push_back(start + std::string(field.name) + " (no such member)");
      }
    }
  }
}

}  // namespace detail

/// Builds a config from values: defaults < file < overrides, merged before required fields are
/// checked. An override `encoder.hidden_size` reaches into nested values.
/// @throws Error kConfig naming origin, key path, what was expected and what was there; for an
/// unknown override the nearest known key.
template <class C>
[[nodiscard]] C read_config(const ConfigValues& values) {
  detail::KeyPath root{values.origin, {}, {}, nullptr};
  if constexpr (detail::kIsConfig<C>) root.module = C::kName;
  C config;
  detail::check_known_keys<C>(detail::merge({}, values.overrides, root), root);
  boost::json::object merged = values.file;
  detail::seed_defaults(merged, values.overrides, config);
  merged = detail::merge(merged, values.overrides, root);
  detail::read_struct(config, merged, root);
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
  return detail::write_struct(config);
}

/// A described struct as JSON, field by field.
template <class T>
[[nodiscard]] boost::json::value to_json_value(const T& value) {
  return detail::write_value(value);
}

/// The fields of a config or options type in file order, for `hezar info` and for plugins' module
/// lists: name, type, nullable, required, default, minimum and maximum and choices where there are
/// some, doc.
template <class C>
[[nodiscard]] boost::json::array describe_fields() {
  boost::json::array out;
  const C defaults;
  boost::mp11::mp_for_each<MembersOf<C>>([&](auto member) {
    using T = std::remove_cvref_t<decltype(defaults.*member.pointer)>;
    out.push_back(detail::describe_field(
        member.name, detail::type_name<T>(), detail::kIsOptional<T>, detail::choices_of<T>(),
        detail::write_value(defaults.*member.pointer), detail::find_field<C>(member.name)));
  });
  return out;
}

/// Fields of C and of the structs inside it that no Field documents, and Fields of no member: what
/// a test of every config type expects to be empty.
template <class C>
[[nodiscard]] std::vector<std::string> undocumented_fields() {
  std::vector<std::string> out;
  detail::collect_undocumented<C>(out, {});
  return out;
}

}  // namespace hezar
