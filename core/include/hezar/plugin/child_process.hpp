#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include <hezar/api.hpp>

namespace hezar::plugin {

struct ChildOptions {
  std::filesystem::path program;
  std::vector<std::string> arguments;    ///< after the program's name
  std::vector<std::string> environment;  ///< "NAME=value", over this process's own
  std::chrono::milliseconds timeout{5000};
  std::size_t max_output = 1U << 16;  ///< bytes kept of stdout and stderr together
  std::size_t max_result = 1U << 23;  ///< bytes kept of what it writes to kResultDescriptor
};

struct ChildResult {
  enum class End { kExited, kSignalled, kTimedOut, kNotStarted };
  End end = End::kNotStarted;
  int code = 0;             ///< exit code, or signal
  std::string output;       ///< the beginning of stdout and stderr, as they came
  std::string result;       ///< what it wrote to kResultDescriptor
  bool result_cut = false;  ///< there was more
  std::string error;        ///< why it did not start
};

/// Where a child finds the pipe for its result.
inline constexpr int kResultDescriptor = 3;

/// Runs a program in a process group of its own, with nothing on stdin, and waits for it. Past the
/// limit the whole group is killed. It is given no descriptor but 0 to 3.
/// @thread safe for concurrent calls.
[[nodiscard]] HEZAR_API ChildResult run_child(const ChildOptions& options);

}  // namespace hezar::plugin
