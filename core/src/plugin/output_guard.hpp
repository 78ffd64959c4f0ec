#pragma once

namespace hezar::plugin {

/// While it lives, what the process writes to stdout goes to stderr: stdout is for results. Only
/// for plugins known to write while they are opened, for other threads' output goes there too.
class OutputGuard {
 public:
  explicit OutputGuard(bool active);
  ~OutputGuard();
  OutputGuard(const OutputGuard&) = delete;
  OutputGuard& operator=(const OutputGuard&) = delete;

 private:
  int stdout_ = -1;
};

}  // namespace hezar::plugin
