#include <commands/repo_folder.hpp>

#include <memory>
#include <system_error>

#include <terminal/progress.hpp>

namespace hezar::host {

void show_progress(Session& session, hub::HubOptions& options) {
  options.stop = session.stop();
  const auto bar = std::make_shared<Progress>("MB");
  options.progress = [bar](std::uint64_t done, std::uint64_t total) {
    constexpr std::uint64_t kMegabyte = 1'000'000;
    const double fraction =
        total == 0 ? -1 : static_cast<double>(done) / static_cast<double>(total);
    bar->update(static_cast<std::int64_t>(done / kMegabyte), fraction);
  };
}

std::filesystem::path repo_folder(Session& session, const std::string& path_or_repo,
                                  const hub::FileSelection& files) {
  hub::ResolveOptions options;
  options.files = files;
  std::error_code ignored;
  if (!std::filesystem::exists(path_or_repo, ignored)) show_progress(session, options.hub);
  return hub::resolve(path_or_repo, options);
}

}  // namespace hezar::host
