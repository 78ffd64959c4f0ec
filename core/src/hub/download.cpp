#include <hezar/hub/download.hpp>

#include <algorithm>
#include <atomic>
#include <optional>

#include <hezar/log/log.hpp>
#include <hezar/text/concat.hpp>
#include <hub/api.hpp>
#include <hub/file_download.hpp>
#include <hub/file_name.hpp>
#include <hub/hub_error.hpp>
#include <hub/parallel_jobs.hpp>
#include <hub/repo_urls.hpp>
#include <hub/selection.hpp>

namespace hezar::hub {

namespace {

namespace fs = std::filesystem;

fs::path root_of(const HubOptions& options) {
  return options.cache_dir.empty() ? cache_dir() : options.cache_dir;
}

/// Counts bytes of all threads for the caller's progress.
class Counter {
 public:
  explicit Counter(const HubOptions& options) : options_(options) {}
  void add(std::int64_t bytes) { done_ += bytes; }
  void expect(std::uint64_t bytes) { total_ += bytes; }
  void tell() const {
    if (options_.progress)
      options_.progress(static_cast<std::uint64_t>(std::max<std::int64_t>(done_, 0)), total_);
  }

 private:
  const HubOptions& options_;
  std::atomic<std::int64_t> done_ = 0;
  std::atomic<std::uint64_t> total_ = 0;
};

void warn_of_outage(const RepoId& repo, const HubError& error) {
  log::warning(text::concat(
      shown(repo), ": using what the cache has, since the Hub did not serve: ", error.message()));
}

/// Offline, or with a Hub that does not answer, what is missing cannot be had.
HubError not_cached(const RepoCache& cache, const RepoId& repo,
                    const std::vector<std::string>& missing) {
  constexpr std::size_t kMaxListed = 5;
  std::vector<std::string> listed(
      missing.begin(),
      missing.begin() + static_cast<std::ptrdiff_t>(std::min(missing.size(), kMaxListed)));
  if (missing.size() > kMaxListed) listed.push_back(text::concat(missing.size(), " in all"));
  return hub_error(
      Failure::kOffline, shown(repo),
      text::concat("it in the cache ", cache.root().string(), ", since the network is off"),
      missing.empty() ? std::string("nothing")
                      : text::concat("an incomplete copy without ", text::join(listed, ", ")),
      "Run it once without --offline and HF_HUB_OFFLINE.");
}

/// The files of one commit, brought into the cache.
class SnapshotDownload {
 public:
  SnapshotDownload(const RepoId& repo, const FileSelection& selection, const HubOptions& options)
      : repo_(repo),
        selection_(selection),
        options_(options),
        cache_(root_of(options), repo),
        client_(Settings::from_environment(options.token)) {}

  fs::path run() {
    const std::optional<std::string> known = cache_.commit_of(repo_.revision);
    const bool is_cached = known && is_complete(*known);
    const bool is_fixed = is_commit(repo_.revision);
    if (is_cached && (is_fixed || client_.settings().offline)) return cache_.snapshot(*known);
    if (client_.settings().offline) {
      throw not_cached(cache_, repo_,
                       known ? missing(*known, listed(*known)) : std::vector<std::string>());
    }
    try {
      if (!is_fixed) return from(fetch_info(client_, repo_, {options_.stop, !is_cached}));
      return from({repo_.id, repo_.revision, false, false, {}});
    } catch (HubError& error) {
      if (!error.is_outage() || asked_) throw;
      if (!is_cached) throw;
      warn_of_outage(repo_, error);
      return cache_.snapshot(*known);
    }
  }

 private:
  [[nodiscard]] std::vector<std::string> missing(const std::string& commit,
                                                 const KnownFiles& known) const {
    return missing_files(cache_, repo_, commit, selection_, known);
  }

  /// As an earlier run listed it.
  [[nodiscard]] KnownFiles listed(const std::string& commit) const {
    const auto listing = cache_.listing(commit);
    if (!listing) return std::nullopt;
    return known(*listing);
  }

  [[nodiscard]] static KnownFiles known(const std::vector<RepoFile>& listing) {
    std::vector<KnownFile> out;
    for (const RepoFile& file : listing) out.push_back({file.path, file.size});
    return out;
  }

  [[nodiscard]] static KnownFiles named(const std::vector<std::string>& paths) {
    if (paths.empty()) return std::nullopt;
    std::vector<KnownFile> out;
    for (const std::string& path : paths) out.push_back({path, std::nullopt});
    return out;
  }

  /// As far as the cache can tell.
  [[nodiscard]] bool is_complete(const std::string& commit) const {
    std::error_code error;
    if (!fs::is_directory(cache_.snapshot(commit), error)) return false;
    try {
      return missing(commit, listed(commit)).empty();
    } catch (const HubError& not_found) {
      return false;  // this commit lacks a file that was named; another may have it
    }
  }

  fs::path from(const RepoInfo& info) {
    asked_ = true;
    KnownFiles files = listed(info.commit);
    // Another client's cache has files but no listing; where it has them all, none is needed.
    if (!files) files = named(info.files);
    if (!files || !missing(info.commit, files).empty()) fetch(info.commit);
    cache_.remember(repo_.revision, info.commit);
    return cache_.snapshot(info.commit);
  }

  void fetch(const std::string& commit) {
    RepoId at_commit = repo_;
    at_commit.revision = commit;
    std::optional<std::vector<RepoFile>> listing = cache_.listing(commit);
    if (!listing) {
      listing = fetch_listing(client_, at_commit, {options_.stop});
      cache_.remember_listing(commit, *listing);
    }
    // An index of weights is read once it is there: then the files that it names are missing.
    constexpr int kRounds = 2;
    for (int round = 0; round < kRounds; ++round) {
      const std::vector<std::string> files = missing(commit, known(*listing));
      if (files.empty()) return;
      fetch_files(at_commit, files, *listing);
    }
  }

  void fetch_files(const RepoId& at_commit, const std::vector<std::string>& files,
                   const std::vector<RepoFile>& listing) const {
    Counter counter(options_);
    std::vector<Job> jobs;
    for (const std::string& file : files) {
      jobs.emplace_back([&](HttpClient& client, const std::stop_token& stop) {
        const FileMetadata metadata = fetch_metadata(client, at_commit, file, stop);
        download({client, cache_, at_commit, file, [&](std::int64_t b) { counter.add(b); }, stop},
                 metadata);
      });
    }
    for (const RepoFile& file : listing) {
      if (std::find(files.begin(), files.end(), file.path) != files.end())
        counter.expect(file.size);
    }
    run_jobs(jobs, client_.settings(), options_.stop, [&] { counter.tell(); });
  }

  const RepoId& repo_;
  const FileSelection& selection_;
  const HubOptions& options_;
  RepoCache cache_;
  HttpClient client_;
  bool asked_ = false;  ///< the Hub has said which commit it is
};

}  // namespace

fs::path download_files(const RepoId& repo, const FileSelection& selection,
                        const HubOptions& options) {
  for (const auto* names : {&selection.include, &selection.optional}) {
    for (const std::string& name : *names) check_file_name(name, shown(repo));
  }
  return SnapshotDownload(repo, selection, options).run();
}

fs::path download_file(const RepoId& repo, const std::string& file, const HubOptions& options) {
  check_file_name(file, shown(repo));
  FileSelection selection;
  selection.include.push_back(file);
  const fs::path path = download_files(repo, selection, options) / file;
  if (fs::exists(path)) return path;
  throw hub_error(Failure::kEntryNotFound, shown(repo), text::concat("a file ", file),
                  "none of that name", text::concat("See hezar hub ls ", shown(repo)));
}

}  // namespace hezar::hub
