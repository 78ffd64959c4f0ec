#include <terminal/progress.hpp>

#include <algorithm>
#include <cstdio>
#include <utility>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace hezar::host {

namespace {

constexpr std::chrono::milliseconds kFirst{500};
constexpr std::chrono::milliseconds kBetween{100};
constexpr int kBarColumns = 24;
constexpr int kLeastColumns = 70;  // below that only the counts are shown

std::string duration(double seconds) {
  const auto whole = static_cast<std::int64_t>(seconds + 0.5);
  if (whole >= 3600) {
    return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  }
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

std::string bar(double fraction) {
  const int filled = static_cast<int>(fraction * kBarColumns);
  return fmt::format("[{}{}] {:3.0f}%  ", std::string(static_cast<std::size_t>(filled), '#'),
                     std::string(static_cast<std::size_t>(kBarColumns - filled), '.'),
                     fraction * 100);
}

bool is_wide() {
  winsize size = {};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 ||
         size.ws_col >= kLeastColumns;
}

}  // namespace

Progress::Progress(std::string unit)
    : unit_(std::move(unit)),
      enabled_(::isatty(STDERR_FILENO) == 1),
      start_(Clock::now()),
      last_(start_ + kFirst - kBetween) {}

Progress::~Progress() {
  clear();
}

void Progress::begin_at(std::int64_t done, double fraction) {
  done_before_ = done;
  fraction_before_ = std::max(fraction, 0.0);
  start_ = Clock::now();
  last_ = start_ + kFirst - kBetween;
}

void Progress::update(std::int64_t done, double fraction) {
  const Clock::time_point now = Clock::now();
  if (!enabled_ || now - last_ < kBetween) return;
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = static_cast<double>(done - done_before_) / seconds;
  std::string line;
  if (fraction >= 0 && is_wide()) line.append(bar(std::min(fraction, 1.0)));
  line.append(fmt::format("{} {}  {:.0f}/s", done, unit_, rate));
  if (const double part = fraction - fraction_before_; part > 0) {
    line.append(fmt::format("  {} left", duration(seconds / part * (1 - fraction))));
  }
  std::fprintf(stderr, "\r%s\x1b[K", line.c_str());
  std::fflush(stderr);
  visible_ = true;
}

void Progress::clear() {
  if (!visible_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
  visible_ = false;
}

}  // namespace hezar::host
