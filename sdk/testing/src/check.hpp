#pragma once

#include <array>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include <hezar/registry/kind.hpp>

namespace hezar::testing {

class FileSubject;
class ModuleSubject;
class GoldenSubject;

/// What is wrong, as a message; empty: nothing.
using Fault = std::string;

/// Thrown by a check that cannot be tried; it is reported as skipped.
struct Skipped {
  std::string reason;
};
/// Thrown by a check that holds, though not as well as it could.
struct Warned {
  std::string message;
};
/// Thrown by a check of which there is nothing to report: it is about other modules.
struct NotApplicable {};

/// One check. Exactly one of the functions is set: it says what the check is about.
struct Check {
  std::string_view id;
  std::string_view summary;
  /// Checks that must have held, for the same module where it is about one; else it is skipped.
  std::array<std::string_view, 3> needs = {};
  Fault (*of_file)(const FileSubject&) = nullptr;
  Fault (*of_module)(ModuleSubject&) = nullptr;
  Fault (*of_golden)(GoldenSubject&) = nullptr;
  bool any_kind = true;
  Kind kind = Kind::kModel;  ///< of the modules, unless any_kind

  [[nodiscard]] std::string_view level() const noexcept;
  [[nodiscard]] bool opens_plugin() const noexcept { return !id.starts_with("file."); }
};

/// All checks, in the order in which they run.
[[nodiscard]] std::span<const Check> all_checks() noexcept;
[[nodiscard]] const Check* find_check(std::string_view id) noexcept;

/// Whether `text` matches `pattern`, where `*` stands for any text.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view text) noexcept;

}  // namespace hezar::testing
