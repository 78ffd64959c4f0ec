#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hezar::io {

/// Told what a JSON text holds, in order. Containers nest properly; a key precedes each value of an
/// object.
class JsonVisitor {
 public:
  virtual ~JsonVisitor() = default;
  virtual void begin_object() = 0;
  virtual void end_object() = 0;
  virtual void begin_array() = 0;
  virtual void end_array() = 0;
  virtual void key(std::string&& name) = 0;
  virtual void string(std::string&& text) = 0;
  /// A number written as an integer >= 0 without a sign.
  virtual void integer(std::uint64_t value) = 0;
  /// Any other scalar.
  /// @param kind  "null", "a boolean", "a number that is no integer >= 0".
  virtual void other(std::string_view kind) = 0;
};

struct JsonFault {
  enum class Kind : std::uint8_t { kSyntax, kDuplicateKey };
  Kind kind = Kind::kSyntax;
  std::string what;  ///< the parser's message and position, or the key
};

/// Parses strict JSON (one value, white space around it, at most 128 levels) without building it,
/// and looks for keys that occur twice in one object, compared after unescaping.
///
/// The visitor hears of everything before a syntax error, and of duplicates too. A syntax error is
/// reported rather than a duplicate.
[[nodiscard]] std::optional<JsonFault> walk_json(std::string_view text, JsonVisitor& visitor);

}  // namespace hezar::io
