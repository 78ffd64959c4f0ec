#pragma once

#include <string_view>

#include <hezar/api.hpp>

/// Everything hezar tells that is not a result. Lines go to stderr as `Hezar (LEVEL): message`.
/// @thread every function is safe for concurrent calls.
namespace hezar::log {

enum class Level { kTrace, kDebug, kInfo, kWarning, kError, kOff };

HEZAR_API void write(Level level, std::string_view message);

inline void debug(std::string_view message) {
  write(Level::kDebug, message);
}
inline void info(std::string_view message) {
  write(Level::kInfo, message);
}
inline void warning(std::string_view message) {
  write(Level::kWarning, message);
}
inline void error(std::string_view message) {
  write(Level::kError, message);
}

/// While one lives, warning_once() on its thread says each thing once. Scopes nest: the outermost
/// counts. A call that works through its input in batches holds one.
class HEZAR_API OnceScope {
 public:
  OnceScope();
  ~OnceScope();
  OnceScope(const OnceScope&) = delete;
  OnceScope& operator=(const OnceScope&) = delete;
};

/// A warning that is not repeated within an OnceScope; outside of one it is always written.
/// @param key  what makes two warnings the same, whatever numbers their messages hold.
HEZAR_API void warning_once(std::string_view key, std::string_view message);

/// Lines below `level` are dropped. The default is kInfo in programs and kWarning in the `hezar`
/// command.
HEZAR_API void set_level(Level level);
[[nodiscard]] HEZAR_API Level level();

/// "trace", "debug", "info", "warning", "error", "off".
/// @throws Error kValue with the valid names.
[[nodiscard]] HEZAR_API Level level_from_name(std::string_view name);

}  // namespace hezar::log
