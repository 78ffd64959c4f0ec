#pragma once

#include <string>
#include <vector>

#include <cli/cli11.hpp>

namespace hezar::host {

/// A command line taken apart.
///
/// CLI11 reads brackets, `++` and names of verbs inside texts as syntax of its own, so arguments
/// that are no options never pass through it.
struct Arguments {
  CLI::App* verb = nullptr;  ///< the innermost one named; the root when there is none
  std::vector<std::string> positionals;
  std::vector<std::string> for_cli11;  ///< verbs and options, in order
  bool wants_help = false;
  bool wants_version = false;
};

/// @param arguments  without the program's name.
/// @throws UsageError for an unknown verb or option (the nearest are named), an option without its
/// value.
[[nodiscard]] Arguments split_arguments(CLI::App& root, const std::vector<std::string>& arguments);

/// "predict", "plugin list", and "hezar" for the root.
[[nodiscard]] std::string verb_path(const CLI::App& app);

}  // namespace hezar::host
