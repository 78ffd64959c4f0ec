#include <algorithm>
#include <map>
#include <set>
#include <system_error>

#include <hezar/error/error.hpp>
#include <hezar/hub/cache.hpp>
#include <hezar/text/concat.hpp>
#include <hub/blob_hash.hpp>
#include <hub/cache_walk.hpp>
#include <hub/repo_cache.hpp>

namespace hezar::hub {

namespace {

namespace fs = std::filesystem;

class Verification {
 public:
  Verification(const CachedRepo& repo, bool remove, const HubOptions& options)
      : repo_(repo),
        remove_(remove),
        options_(options),
        cache_(repo.folder.parent_path(), {repo.id, "main", repo.type}) {}

  std::vector<CacheProblem> run() {
    for (const fs::path& blob : entries_of(cache_.blobs())) {
      const std::string id = blob.filename().string();
      if (is_blob_id(id)) check(blob, id);
    }
    for (const CachedRevision& revision : repo_.revisions) check_snapshot(revision.commit);
    return std::move(problems_);
  }

 private:
  void check(const fs::path& file, const std::string& id) {
    if (options_.stop.stop_requested())
      throw Error(ErrorCode::kCancelled, "hub cache verify: stopped on request");
    std::error_code error;
    const std::uintmax_t size = fs::file_size(file, error);
    const std::string hash = hash_file(file.string(), id);
    if (hash != id) report(file, text::concat("expected the hash ", id, ", got ", hash));
    done_ += error ? 0 : size;
    if (options_.progress) options_.progress(std::min(done_, repo_.size), repo_.size);
  }

  /// Links, and where there are none the files themselves, as far as the listing knows them.
  void check_snapshot(const std::string& commit) {
    std::map<std::string, std::string> ids;
    if (const auto listing = cache_.listing(commit)) {
      for (const RepoFile& file : *listing) ids[file.path] = file.id;
    }
    const fs::path snapshot = cache_.snapshot(commit);
    for (const fs::path& file : files_below(snapshot)) {
      if (fs::is_symlink(file)) {
        check_link(file);
        continue;
      }
      const auto id = ids.find(file.lexically_relative(snapshot).generic_string());
      if (id != ids.end()) check(file, id->second);
    }
  }

  void check_link(const fs::path& file) {
    std::error_code error;
    if (fs::exists(file, error)) return;
    if (removed_.contains(fs::read_symlink(file, error).filename())) {
      fs::remove(file, error);  // with its blob, of which was told
      return;
    }
    report(file, "expected a link to a blob, got one that leads nowhere");
  }

  void report(const fs::path& file, std::string what) {
    problems_.push_back({repo_.id, file, std::move(what)});
    std::error_code ignored;
    if (remove_ && fs::remove(file, ignored)) removed_.insert(file.filename());
  }

  const CachedRepo& repo_;
  bool remove_;
  const HubOptions& options_;
  RepoCache cache_;
  std::uint64_t done_ = 0;
  std::set<fs::path> removed_;
  std::vector<CacheProblem> problems_;
};

}  // namespace

std::vector<CacheProblem> verify_cached(const CachedRepo& repo, bool remove,
                                        const HubOptions& options) {
  return Verification(repo, remove, options).run();
}

}  // namespace hezar::hub
