#include <map>
#include <optional>
#include <system_error>

#include <hezar/hub/cache.hpp>
#include <hezar/text/concat.hpp>
#include <hub/cache_walk.hpp>
#include <hub/repo_cache.hpp>
#include <hub/repo_urls.hpp>

namespace hezar::hub {

namespace {

namespace fs = std::filesystem;

/// `models--owner--name`; names hold no `--` of their own.
std::optional<CachedRepo> repo_of_folder(const fs::path& folder) {
  const std::string name = folder.filename().string();
  for (const RepoType type : {RepoType::kDataset, RepoType::kModel, RepoType::kSpace}) {
    const std::string prefix = plural(type) + "--";
    if (!name.starts_with(prefix)) continue;
    CachedRepo out;
    out.type = type;
    const std::string_view rest = std::string_view(name).substr(prefix.size());
    const std::size_t dashes = rest.find("--");
    out.id = dashes == std::string_view::npos
                 ? std::string(rest)
                 : text::concat(rest.substr(0, dashes), "/", rest.substr(dashes + 2));
    out.folder = folder;
    return out;
  }
  return std::nullopt;
}

std::uint64_t size_of(const fs::path& file) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(file, error);
  return error ? 0 : size;
}

void add_revisions(CachedRepo& repo) {
  const RepoCache cache(repo.folder.parent_path(), {repo.id, "main", repo.type});
  std::multimap<std::string, std::string> refs;
  for (const fs::path& ref : files_below(repo.folder / "refs")) {
    const std::string name = ref.lexically_relative(repo.folder / "refs").generic_string();
    if (const auto commit = cache.commit_of(name)) refs.emplace(*commit, name);
  }
  for (const fs::path& folder : entries_of(repo.folder / "snapshots")) {
    CachedRevision revision;
    revision.commit = folder.filename().string();
    const auto [begin, end] = refs.equal_range(revision.commit);
    for (auto ref = begin; ref != end; ++ref) revision.refs.push_back(ref->second);
    for (const fs::path& file : files_below(folder)) {
      ++revision.files;
      revision.size += size_of(file);
      if (!fs::is_symlink(file)) repo.size += size_of(file);
    }
    repo.revisions.push_back(std::move(revision));
  }
}

}  // namespace

std::vector<CachedRepo> cached_repos(const HubOptions& options) {
  std::vector<CachedRepo> out;
  for (const fs::path& folder :
       entries_of(options.cache_dir.empty() ? cache_dir() : options.cache_dir)) {
    std::optional<CachedRepo> repo = repo_of_folder(folder);
    if (!repo) continue;
    for (const fs::path& blob : entries_of(folder / "blobs")) {
      const bool is_partial = blob.extension() == ".incomplete";
      (is_partial ? repo->partial_size : repo->size) += size_of(blob);
    }
    add_revisions(*repo);
    out.push_back(std::move(*repo));
  }
  return out;
}

}  // namespace hezar::hub
