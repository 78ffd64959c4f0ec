#include <cstdio>
#include <random>
#include <set>
#include <system_error>

#include <hezar/error/error.hpp>
#include <hezar/hub/cache.hpp>
#include <hezar/text/concat.hpp>
#include <hub/cache_walk.hpp>
#include <hub/repo_cache.hpp>
#include <hub/repo_urls.hpp>
#include <io/file_handle.hpp>

namespace hezar::hub {

namespace {

namespace fs = std::filesystem;

std::uint64_t bytes_below(const fs::path& folder) {
  std::uint64_t sum = 0;
  for (const fs::path& file : files_below(folder)) {
    std::error_code error;
    if (fs::is_symlink(file, error)) continue;
    const std::uintmax_t size = fs::file_size(file, error);
    if (!error) sum += size;
  }
  return sum;
}

/// Out of sight in one step, so that nobody finds half of it.
void remove_folder(const fs::path& folder) {
  char unique[32];
  std::snprintf(unique, sizeof unique, ".removed-%08x", std::random_device()());
  const fs::path hidden = folder.parent_path() / unique;
  std::error_code error;
  fs::rename(folder, hidden, error);
  if (!error) fs::remove_all(hidden, error);
  if (error) throw io::io_error(folder, "to remove it", error.value());
}

std::set<fs::path> used_blobs(const RepoCache& cache) {
  std::set<fs::path> out;
  for (const fs::path& file : files_below(cache.folder() / "snapshots")) {
    std::error_code error;
    const fs::path target = fs::read_symlink(file, error);
    if (!error) out.insert(target.filename());
  }
  return out;
}

void remove_refs_to(const RepoCache& cache, const std::string& commit) {
  const fs::path refs = cache.folder() / "refs";
  for (const fs::path& ref : files_below(refs)) {
    std::error_code ignored;
    if (cache.commit_of(ref.lexically_relative(refs).generic_string()) == commit)
      fs::remove(ref, ignored);
  }
}

void remove_revision(const RepoCache& cache, const std::string& commit) {
  const std::set<fs::path> before = used_blobs(cache);
  remove_refs_to(cache, commit);
  remove_folder(cache.snapshot(commit));
  std::error_code ignored;
  fs::remove_all(cache.folder() / ".no_exist" / commit, ignored);
  fs::remove(cache.folder() / "trees" / (commit + ".json"), ignored);
  const std::set<fs::path> after = used_blobs(cache);
  for (const fs::path& blob : before) {
    if (!after.contains(blob)) fs::remove(cache.blobs() / blob, ignored);
  }
}

}  // namespace

std::uint64_t remove_cached(const RepoId& repo, bool only_revision, const HubOptions& options) {
  const fs::path root = options.cache_dir.empty() ? cache_dir() : options.cache_dir;
  const RepoCache cache(root, repo);
  std::error_code error;
  const auto commit = only_revision ? cache.commit_of(repo.revision) : std::nullopt;
  const bool is_there = only_revision ? commit && fs::is_directory(cache.snapshot(*commit), error)
                                      : fs::is_directory(cache.folder(), error);
  if (!is_there) {
    throw expected_error(ErrorCode::kHub, only_revision ? shown(repo) : repo.id,
                         text::concat("it in the cache ", root.string()), "no such thing",
                         "See hezar hub cache list");
  }
  const std::uint64_t before = bytes_below(cache.folder());
  if (only_revision) {
    remove_revision(cache, *commit);
    return before - bytes_below(cache.folder());
  }
  remove_folder(cache.folder());
  return before;
}

}  // namespace hezar::hub
