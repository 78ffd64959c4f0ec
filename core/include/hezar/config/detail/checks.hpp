#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <hezar/api.hpp>
#include <hezar/config/field.hpp>

/// What reading a described struct does with single values. All throw Error kConfig that names
/// origin and key path, what was expected and what was there.
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

}  // namespace hezar::detail
