#include <hub/selection.hpp>

#include <algorithm>
#include <map>
#include <set>

#include <fnmatch.h>

#include <hezar/config/json.hpp>
#include <hezar/text/concat.hpp>
#include <hub/file_name.hpp>
#include <hub/hub_error.hpp>
#include <hub/repo_urls.hpp>

namespace hezar::hub {

namespace {

bool is_pattern(std::string_view text) {
  return text.find_first_of("*?[") != std::string_view::npos;
}

bool matches(const std::vector<std::string>& patterns, const std::string& path) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    return ::fnmatch(pattern.c_str(), path.c_str(), 0) == 0;
  });
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The files that an index of weights names.
std::vector<std::string> shards_of(const std::filesystem::path& index) {
  const boost::json::value document = json::read(index);
  const boost::json::object* root = document.if_object();
  const boost::json::value* map = root != nullptr ? root->if_contains("weight_map") : nullptr;
  std::set<std::string> names;
  if (map != nullptr && map->is_object()) {
    for (const auto& [tensor, file] : map->get_object()) {
      if (!file.is_string()) continue;  // told by whoever reads the weights
      check_file_name(std::string_view(file.get_string()), index.string());
      names.emplace(file.get_string());
    }
  }
  return {names.begin(), names.end()};
}

class Selector {
 public:
  Selector(const RepoCache& cache, std::string_view commit, const FileSelection& selection)
      : cache_(cache), commit_(commit), selection_(selection) {}

  /// Of everything there is.
  [[nodiscard]] std::vector<std::string> among(const std::vector<std::string>& paths) const {
    std::vector<std::string> out;
    const bool all =
        selection_.include.empty() && selection_.first_of.empty() && selection_.optional.empty();
    for (const std::string& path : paths) {
      const bool wanted = all || contains(selection_.include, path) ||
                          matches(selection_.include, path) || matches(selection_.optional, path);
      if (wanted && !matches(selection_.exclude, path)) out.push_back(path);
    }
    const auto add = [&](const std::string& name) {
      if (!contains(out, name)) out.push_back(name);
    };
    const std::string best = best_of(paths);
    if (!best.empty()) add(best);
    for (const std::string& shard : shards(best)) add(shard);
    return out;
  }

  /// What must be there in any case.
  [[nodiscard]] std::vector<std::string> named() const {
    std::vector<std::string> out;
    for (const std::string& name : selection_.include) {
      if (!is_pattern(name)) out.push_back(name);
    }
    if (selection_.first_of.empty()) return out;
    const std::string best = best_of(selection_.first_of);
    out.push_back(best);
    for (const std::string& shard : shards(best)) out.push_back(shard);
    return out;
  }

 private:
  /// The alternative to use: one that the cache has, else the first.
  [[nodiscard]] std::string best_of(const std::vector<std::string>& paths) const {
    std::string best;
    for (const std::string& name : selection_.first_of) {
      if (!contains(paths, name)) continue;
      if (cache_.has_file(commit_, name, {})) return name;
      if (best.empty()) best = name;
    }
    return best;
  }

  [[nodiscard]] std::vector<std::string> shards(const std::string& best) const {
    if (!best.ends_with(".index.json") || !cache_.has_file(commit_, best, {})) return {};
    return shards_of(cache_.pointer(commit_, best));
  }

  const RepoCache& cache_;
  std::string_view commit_;
  const FileSelection& selection_;
};

void check_names(const RepoCache& cache, const RepoId& repo, std::string_view commit,
                 const FileSelection& selection, const std::vector<std::string>& paths) {
  for (const std::string& name : selection.include) {
    if (is_pattern(name) || contains(paths, name)) continue;
    cache.remember_missing(commit, name);
    throw hub_error(Failure::kEntryNotFound, shown(repo), text::concat("a file ", name),
                    "none of that name", text::concat("See hezar hub ls ", shown(repo)));
  }
}

}  // namespace

std::vector<std::string> missing_files(const RepoCache& cache, const RepoId& repo,
                                       std::string_view commit, const FileSelection& selection,
                                       const KnownFiles& known) {
  const Selector selector(cache, commit, selection);
  std::vector<std::string> paths;
  std::map<std::string, std::optional<std::uint64_t>> sizes;
  if (known) {
    for (const KnownFile& file : *known) {
      paths.push_back(file.path);
      sizes[file.path] = file.size;
    }
    check_names(cache, repo, commit, selection, paths);
  }
  std::vector<std::string> wanted = known ? selector.among(paths) : selector.named();
  std::erase_if(wanted,
                [&](const std::string& file) { return cache.has_file(commit, file, sizes[file]); });
  return wanted;
}

}  // namespace hezar::hub
