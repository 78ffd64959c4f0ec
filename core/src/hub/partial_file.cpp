#include <hub/partial_file.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <random>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hub/file_lock.hpp>

namespace hezar::hub {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSuffix = ".incomplete";

struct Found {
  fs::path path;
  std::uint64_t size = 0;
};

/// Downloads of a blob, largest first, those of other clients included.
std::vector<Found> find_all(const RepoCache& cache, const std::string& id) {
  std::vector<Found> out;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(cache.blobs(), error)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(id + ".") || !name.ends_with(kSuffix)) continue;
    if (!entry.is_regular_file(error) || entry.is_symlink(error)) continue;
    const std::uintmax_t size = entry.file_size(error);
    if (!error) out.push_back({entry.path(), size});
  }
  std::sort(out.begin(), out.end(), [](const Found& a, const Found& b) { return a.size > b.size; });
  return out;
}

fs::path new_name(const RepoCache& cache, const std::string& id) {
  char unique[16];
  std::snprintf(unique, sizeof unique, ".%08x", std::random_device()());
  return cache.blob(id + unique + std::string(kSuffix));
}

bool is_same_file(const io::FileHandle& handle, const fs::path& path) {
  struct stat opened = {};
  struct stat named = {};
  return ::fstat(handle.get(), &opened) == 0 && ::stat(path.c_str(), &named) == 0 &&
         opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

void check_room(const fs::path& folder, std::uint64_t needed) {
  struct statvfs status = {};
  if (::statvfs(folder.c_str(), &status) != 0) return;
  const std::uint64_t free = std::uint64_t{status.f_bavail} * status.f_frsize;
  if (free >= needed) return;
  throw expected_error(ErrorCode::kIo, folder.string(),
                       text::concat(needed, " bytes of free space for a download"),
                       std::to_string(free),
                       "Free some, or name another cache with --cache-dir or HEZAR_CACHE_DIR.");
}

}  // namespace

PartialFile::PartialFile(const RepoCache& cache, const std::string& id, std::uint64_t max_size)
    : cache_(cache), id_(id) {
  for (const Found& found : find_all(cache, id)) {
    io::FileHandle handle(::open(found.path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
    // Whoever lives holds its file; where locks exclude nobody, nothing tells who lives.
    if (!handle.valid() || !try_lock(handle) || !is_same_file(handle, found.path) ||
        !locks_exclude(found.path))
      continue;
    const bool is_useful = !handle_.valid() && found.size <= max_size;
    if (!is_useful) {
      ::unlink(found.path.c_str());
      continue;
    }
    handle_ = std::move(handle);
    path_ = found.path;
    size_ = found.size;
  }
  if (max_size != UINT64_MAX) check_room(cache.blobs(), max_size - size_);
  if (!handle_.valid()) create();
}

PartialFile::~PartialFile() {
  if (size_ == 0 && handle_.valid()) remove();
}

void PartialFile::create() {
  do {
    path_ = new_name(cache_, id_);
    // Mode 0666: the umask applies, so the blob is as readable as any other file.
    handle_ = io::FileHandle(::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  } while (!handle_.valid() && errno == EEXIST);
  if (!handle_.valid()) {
    throw io::io_error(cache_.blobs(), "a cache that can be written to", errno,
                       "Name another with --cache-dir or HEZAR_CACHE_DIR.");
  }
  static_cast<void>(try_lock(handle_));
  size_ = 0;
}

void PartialFile::remove() {
  ::unlink(path_.c_str());
  handle_.close();
}

void PartialFile::restart() {
  remove();
  create();
}

void PartialFile::append(std::string_view data) {
  while (!data.empty()) {
    const ssize_t count =
        ::pwrite(handle_.get(), data.data(), data.size(), static_cast<off_t>(size_));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      const int number = errno;
      if (number == ENOSPC || number == EDQUOT || number == EFBIG) remove();
      throw io::io_error(path_, "to write a download", number,
                         "Free some space, or name another cache with --cache-dir or "
                         "HEZAR_CACHE_DIR.");
    }
    size_ += static_cast<std::uint64_t>(count);
    data.remove_prefix(static_cast<std::size_t>(count));
  }
}

void PartialFile::publish() {
  if (::rename(path_.c_str(), cache_.blob(id_).c_str()) != 0)
    throw io::io_error(path_, "to give the blob its name", errno);
  handle_.close();
}

std::uint64_t PartialFile::bytes_of_all(const RepoCache& cache, const std::string& id) {
  std::uint64_t sum = 0;
  for (const Found& found : find_all(cache, id)) sum += found.size + 1;
  return sum;
}

}  // namespace hezar::hub
