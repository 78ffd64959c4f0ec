#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/api.hpp>

namespace hezar {

/// What kind of thing went wrong; the reference's exception class is named beside each.
enum class ErrorCode {
  kUnset = 0,
  kValue,   ///< a bad argument or input (ValueError)
  kKey,     ///< a name that does not exist: registry, column, config key (KeyError, AttributeError)
  kConfig,  ///< a config file or override that cannot be used (TypeError, ValueError)
  kFormat,  ///< a file whose content is malformed or hostile
  kIo,      ///< the operating system refused: missing, unreadable, disk full
  kDependency,      ///< a plugin or library that is needed is absent (ModuleNotFoundError)
  kPlugin,          ///< a plugin that cannot be used
  kHub,             ///< the Hub or its cache (HTTP errors, missing repo, offline)
  kNotImplemented,  ///< an optional ability that this module lacks (NotImplementedError)
  kCancelled,       ///< stopped by its stop token
  kInternal,        ///< a bug in hezar or in a plugin
};

/// "value", "key", ... as written in `--json` errors.
[[nodiscard]] HEZAR_API std::string_view to_string(ErrorCode code) noexcept;

/// The one exception type that crosses library boundaries.
///
/// `message` has the form `<object>: expected <...>, got <...>`; `hint` says what to do. Context
/// lines, added on the way up, name where it happened (file, plugin, key path), outermost first.
class HEZAR_API Error : public std::exception {
 public:
  Error(ErrorCode code, std::string message, std::string hint = {});
  ~Error() override;
  Error(const Error&) = default;
  Error& operator=(const Error&) = default;
  Error(Error&&) noexcept = default;
  Error& operator=(Error&&) noexcept = default;

  [[nodiscard]] ErrorCode code() const noexcept { return code_; }
  [[nodiscard]] const std::string& message() const noexcept { return message_; }
  [[nodiscard]] const std::string& hint() const noexcept { return hint_; }
  [[nodiscard]] const std::vector<std::string>& context() const noexcept { return context_; }

  /// Puts `where` in front of the context chain. Catch by reference, add, rethrow with `throw;`.
  Error& add_context(std::string where);

  /// `context: message. hint`, one line, valid until the next add_context.
  [[nodiscard]] const char* what() const noexcept override;

 private:
  void render();

  ErrorCode code_;
  std::string message_;
  std::string hint_;
  std::vector<std::string> context_;
  std::string text_;
};

/// Builds an Error in the house form: `<object>: expected <expected>, got <got>. <hint>`.
[[nodiscard]] HEZAR_API Error expected_error(ErrorCode code, std::string_view object,
                                             std::string_view expected, std::string_view got,
                                             std::string hint = {});

/// A misspelt name: `<object>: expected <what>, got "<name>". Nearest: a, b, c. Available: ...`.
/// @param available  every valid name; at most 60 are listed.
[[nodiscard]] HEZAR_API Error unknown_name_error(ErrorCode code, std::string_view object,
                                                 std::string_view what, std::string_view name,
                                                 const std::vector<std::string>& available,
                                                 std::string hint = {});

/// Ends the process with a message: a programmer's error, never a user's.
[[noreturn]] HEZAR_API void assert_failed(const char* condition, const char* why, const char* file,
                                          int line) noexcept;

}  // namespace hezar

#define HEZAR_ASSERT(condition, why) \
  ((condition) ? static_cast<void>(0) : ::hezar::assert_failed(#condition, why, __FILE__, __LINE__))
