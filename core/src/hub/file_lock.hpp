#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>

#include <io/file_handle.hpp>

namespace hezar::hub {

/// How long to wait for a lock that another process holds.
struct LockWait {
  /// Changes while the holder gets on, e.g. with the size of what it downloads.
  std::function<std::uint64_t()> sign_of_life;
  std::chrono::milliseconds patience;  ///< without a sign of life
  std::stop_token stop;
};

/// Waits for the lock file as the official client takes it: an exclusive flock() on a file that
/// stays.
///
/// The lock only saves downloading twice. Where it cannot be had, since the file system has no
/// locks or its holder hangs, the work goes on without: names of temporary files are unique.
/// @return what holds the lock while it lives; an invalid handle where there is none.
/// @throws Error kCancelled.
[[nodiscard]] io::FileHandle lock_file(const std::filesystem::path& file, const LockWait& wait);

/// Takes an exclusive lock at once or not at all.
[[nodiscard]] bool try_lock(const io::FileHandle& handle);

/// Whether locks exclude here: some network file systems grant them to everybody.
/// @param handle  of `file`, locked.
[[nodiscard]] bool locks_exclude(const std::filesystem::path& file);

}  // namespace hezar::hub
