#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace hezar::host {

/// A bar with rate and time left on stderr, where that is a terminal; nothing elsewhere. It comes
/// after half a second, so short runs never show it.
class Progress {
 public:
  /// @param unit  what is counted: "inputs".
  explicit Progress(std::string unit);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Rate and time left go by what comes from now on: so much was done before.
  void begin_at(std::int64_t done, double fraction);

  /// @param done      units done.
  /// @param fraction  of the whole, 0 to 1; negative where the whole is not known.
  void update(std::int64_t done, double fraction);
  /// Wipes the bar, e.g. before results go to the same terminal.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  std::string unit_;
  bool enabled_;
  bool visible_ = false;
  std::int64_t done_before_ = 0;
  double fraction_before_ = 0;
  Clock::time_point start_;
  Clock::time_point last_;
};

}  // namespace hezar::host
