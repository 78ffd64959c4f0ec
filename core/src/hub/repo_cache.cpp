#include <hub/repo_cache.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <random>
#include <system_error>

#include <unistd.h>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/text/concat.hpp>
#include <hub/listing_json.hpp>
#include <hub/repo_urls.hpp>
#include <io/file_handle.hpp>

namespace hezar::hub {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxRefBytes = 4096;

std::string folder_name(const RepoId& repo) {
  std::string name = text::concat(plural(repo.type), "--", repo.id);
  if (const std::size_t slash = name.find('/'); slash != std::string::npos)
    name.replace(slash, 1, "--");
  return name;
}

/// A name beside `target` that nobody else uses.
fs::path beside(const fs::path& target) {
  std::random_device random;
  char suffix[32];
  std::snprintf(suffix, sizeof suffix, ".%08x%08x.tmp", random(), random());
  return target.parent_path() / (".hezar" + std::string(suffix));
}

bool is_unsupported(int number) {
  return number == EPERM || number == ENOTSUP || number == EOPNOTSUPP || number == ENOSYS ||
         number == EINVAL;
}

bool is_whole(const fs::path& file, std::optional<std::uint64_t> size) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return false;
  return !size || (fs::file_size(file, error) == *size && !error);
}

/// Replaces `target` by `made`, which is removed where that fails.
void replace(const fs::path& made, const fs::path& target) {
  if (::rename(made.c_str(), target.c_str()) == 0) return;
  const int number = errno;
  ::unlink(made.c_str());
  throw io::io_error(target, "to put it into the cache", number);
}

template <class Action>
void best_effort(const Action& action) noexcept {
  try {
    action();
  } catch (...) {  // NOLINT(bugprone-empty-catch): the cache then just knows less
  }
}

}  // namespace

void make_cache_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) return;
  throw io::io_error(folder, "a cache that can be written to", error.value(),
                     "Name another with --cache-dir or HEZAR_CACHE_DIR.");
}

RepoCache::RepoCache(fs::path root, const RepoId& repo)
    : root_(std::move(root)), folder_(root_ / folder_name(repo)) {}

fs::path RepoCache::snapshot(std::string_view commit) const {
  return folder_ / "snapshots" / commit;
}

fs::path RepoCache::pointer(std::string_view commit, std::string_view file) const {
  return snapshot(commit) / file;
}

fs::path RepoCache::lock(std::string_view id) const {
  return root_ / ".locks" / folder_.filename() / text::concat(id, ".lock");
}

bool RepoCache::has_file(std::string_view commit, std::string_view file,
                         std::optional<std::uint64_t> size) const {
  return is_whole(pointer(commit, file), size);
}

bool RepoCache::has_blob(std::string_view id, std::optional<std::uint64_t> size) const {
  return is_whole(blob(id), size);
}

std::optional<std::string> RepoCache::commit_of(std::string_view revision) const {
  if (is_commit(revision)) return std::string(revision);
  const fs::path ref = folder_ / "refs" / revision;
  std::error_code error;
  if (!fs::is_regular_file(ref, error)) return std::nullopt;
  std::string commit = io::read_file(ref, kMaxRefBytes);
  commit.erase(
      std::remove_if(commit.begin(), commit.end(), [](unsigned char c) { return c <= ' '; }),
      commit.end());
  if (!is_commit(commit)) return std::nullopt;
  return commit;
}

void RepoCache::remember(std::string_view revision, std::string_view commit) const noexcept {
  best_effort([&] {
    if (is_commit(revision) || commit_of(revision) == commit) return;
    const fs::path ref = folder_ / "refs" / revision;
    fs::create_directories(ref.parent_path());
    io::write_file(ref, commit);
  });
}

void RepoCache::remember_missing(std::string_view commit, std::string_view file) const noexcept {
  best_effort([&] {
    const fs::path mark = folder_ / ".no_exist" / commit / file;
    fs::create_directories(mark.parent_path());
    io::write_file(mark, "");
  });
}

std::optional<std::vector<RepoFile>> RepoCache::listing(std::string_view commit) const {
  const fs::path file = folder_ / "trees" / text::concat(commit, ".json");
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return std::nullopt;
  try {
    return listing_from_cache(json::read(file), file.string());
  } catch (const Error&) {
    return std::nullopt;  // of another version or damaged: it is asked for again
  }
}

void RepoCache::remember_listing(std::string_view commit,
                                 const std::vector<RepoFile>& files) const noexcept {
  best_effort([&] {
    fs::create_directories(folder_ / "trees");
    io::write_file(folder_ / "trees" / text::concat(commit, ".json"),
                   json::write(listing_for_cache(files)));
  });
}

void RepoCache::link(std::string_view commit, std::string_view file, std::string_view id,
                     const LinkOptions& options) const {
  const fs::path target = pointer(commit, file);
  make_cache_folder(target.parent_path());
  const fs::path made = beside(target);
  if (options.symlinks) {
    const fs::path relative = blob(id).lexically_relative(target.parent_path());
    if (::symlink(relative.c_str(), made.c_str()) == 0) return replace(made, target);
    if (!is_unsupported(errno)) throw io::io_error(target, "to put it into the cache", errno);
  }
  if (options.blob_is_new) return replace(blob(id), target);
  std::error_code error;
  fs::copy_file(blob(id), made, error);
  if (!error) return replace(made, target);
  ::unlink(made.c_str());
  throw io::io_error(target, "to put it into the cache", error.value());
}

void RepoCache::prepare() const {
  make_cache_folder(blobs());
  make_cache_folder(lock("x").parent_path());
  best_effort([&] {
    const fs::path tag = root_ / "CACHEDIR.TAG";
    if (fs::exists(tag)) return;
    io::write_file(tag,
                   "Signature: 8a477f597d28d172789f06886806bc55\n"
                   "# Downloads of hezar, which can be made again.\n"
                   "# See https://bford.info/cachedir/\n");
  });
}

}  // namespace hezar::hub
