#include <hub/file_lock.hpp>

#include <cerrno>
#include <condition_variable>
#include <mutex>

#include <fcntl.h>
#include <sys/file.h>

#include <hezar/error/error.hpp>
#include <hezar/log/log.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::hub {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPoll{100};
constexpr std::chrono::seconds kBetweenLines{10};

void sleep_for(std::chrono::milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop, time, [] { return false; });
}

/// Watches the holder of a lock, and tells about it now and then.
class Watch {
 public:
  Watch(const std::filesystem::path& file, const LockWait& wait)
      : file_(file), wait_(wait), last_sign_(wait.sign_of_life()) {}

  [[nodiscard]] bool is_patient() {
    const Clock::time_point now = Clock::now();
    if (const std::uint64_t sign = wait_.sign_of_life(); sign != last_sign_) {
      last_sign_ = sign;
      alive_ = now;
    }
    if (now - told_ >= kBetweenLines) {
      told_ = now;
      log::warning(text::concat("hub: waiting for another process that holds ", file_.string()));
    }
    return now - alive_ < wait_.patience;
  }

 private:
  const std::filesystem::path& file_;
  const LockWait& wait_;
  std::uint64_t last_sign_;
  Clock::time_point alive_ = Clock::now();
  Clock::time_point told_ = Clock::now();
};

}  // namespace

bool try_lock(const io::FileHandle& handle) {
  while (::flock(handle.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EINTR) return false;
  }
  return true;
}

bool locks_exclude(const std::filesystem::path& file) {
  const io::FileHandle second(::open(file.c_str(), O_RDWR | O_CLOEXEC));
  return second.valid() && !try_lock(second);
}

io::FileHandle lock_file(const std::filesystem::path& file, const LockWait& wait) {
  // 0664 as the official client makes it: members of a group may share a cache.
  io::FileHandle handle(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0664));
  if (!handle.valid()) return {};
  Watch watch(file, wait);
  while (!try_lock(handle)) {
    if (errno != EWOULDBLOCK && errno != EACCES) return {};
    if (!watch.is_patient()) {
      log::warning(text::concat("hub: going on without the lock ", file.string(),
                                ": its holder does nothing"));
      return {};
    }
    sleep_for(kPoll, wait.stop);
    if (wait.stop.stop_requested()) throw Error(ErrorCode::kCancelled, "hub: stopped on request");
  }
  return handle;
}

}  // namespace hezar::hub
