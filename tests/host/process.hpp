#pragma once

#include <map>
#include <string>
#include <vector>

#include <sys/types.h>

namespace hezar::test {

/// How the built `hezar` is run.
struct RunOptions {
  std::string input = {};                       ///< on standard input, which then ends
  std::map<std::string, std::string> env = {};  ///< beside the test's own
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  int columns = 100;              ///< of the terminals
  std::string folder = {};        ///< where it runs; empty: here
  bool keeps_input_open = false;  ///< more comes by send()
};

struct RunResult {
  int exit_code = -1;  ///< 128 + the signal's number where one ended it
  std::string out;
  std::string err;
};

/// A running `hezar`, ended with a failure after a minute.
class Process {
 public:
  explicit Process(const std::vector<std::string>& arguments, RunOptions options = {});
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void send(const std::string& text);
  /// Reads until standard output (or error) holds `text`; false when it ends before.
  [[nodiscard]] bool wait_for_out(const std::string& text);
  [[nodiscard]] bool wait_for_err(const std::string& text);
  [[nodiscard]] bool wait_for_out_lines(std::size_t count);
  /// What came so far.
  [[nodiscard]] const std::string& err() const { return result_.err; }
  /// Standard input ends after what was sent.
  void end_input() { keeps_input_open_ = false; }
  void signal(int number) const;
  /// Nobody reads standard output any more.
  void close_out();
  /// Waits for the end.
  [[nodiscard]] RunResult finish();
  /// Largest resident set in KiB; after finish().
  [[nodiscard]] long peak_kib() const { return peak_kib_; }

 private:
  bool step();
  void read_from(int& descriptor, std::string& into) const;

  pid_t child_ = -1;
  int in_ = -1;
  int out_ = -1;
  int err_ = -1;
  std::string to_send_;
  bool keeps_input_open_;
  RunResult result_;
  long peak_kib_ = 0;
};

/// Runs `hezar` with `arguments` to its end.
[[nodiscard]] RunResult run(const std::vector<std::string>& arguments,
                            const RunOptions& options = {});

}  // namespace hezar::test
