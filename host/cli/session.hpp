#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include <cli/global_options.hpp>
#include <cli/interrupt.hpp>
#include <terminal/output.hpp>

#include <hezar/registry/runtime.hpp>

namespace hezar::host {

class Program;

/// What a verb runs with.
class Session {
 public:
  explicit Session(const Program& program) : program_(program) {}

  GlobalOptions globals;
  std::vector<std::string> positionals;
  Output out;

  [[nodiscard]] const Program& program() const { return program_; }
  /// The default runtime, set up as the global options say; made on first use.
  [[nodiscard]] Runtime& runtime();
  /// Asked to stop by Ctrl-C; verbs that run long take it before anything makes threads.
  [[nodiscard]] std::stop_token stop();
  /// Asks whoever waits for input to give up, as Ctrl-C does.
  void request_stop();
  /// 0 unless a signal asked to stop.
  [[nodiscard]] int interrupted() const { return interrupt_ ? interrupt_->exit_code() : 0; }
  /// How results on standard output may look.
  [[nodiscard]] Style style() const;

 private:
  const Program& program_;
  Runtime* runtime_ = nullptr;
  std::optional<Interrupt> interrupt_;
};

}  // namespace hezar::host
