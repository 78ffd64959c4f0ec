#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include <hezar/api.hpp>
#include <hezar/hub/options.hpp>
#include <hezar/hub/repo.hpp>

namespace hezar::hub {

struct UploadOptions {
  std::string message;                ///< of the commit; empty: "Hezar: Upload files"
  bool is_private = false;            ///< of a repo that is made; an error where it exists publicly
  std::vector<std::string> include;   ///< shell patterns of paths; empty: all. `*` also takes `/`
  std::vector<std::string> exclude;   ///< wins over include
  std::vector<std::string> only_new;  ///< paths that are left as they are where the repo has them
  HubOptions hub;                     ///< its progress counts bytes of large files
};

struct UploadResult {
  std::string commit;                ///< the head of the revision now
  std::string url;                   ///< its page; empty where nothing changed
  std::vector<std::string> files;    ///< what the commit changed, sorted; empty: no commit was made
  std::size_t unchanged = 0;         ///< files that were there already
  std::vector<std::string> ignored;  ///< that the repo's .gitignore leaves out

  [[nodiscard]] HEZAR_API boost::json::object to_json() const;
};

/// Makes `repo` hold the files of `folder`, by one commit: after any failure the repo is as it was,
/// and the same call again sends only what is missing. A repo that does not exist is made. Nothing
/// is deleted. Links to files are followed, links to folders are not.
/// @throws Error kIo for what cannot be read, kHub (what was asked and what to do), kCancelled.
HEZAR_API UploadResult upload_folder(const std::filesystem::path& folder, const RepoId& repo,
                                     const UploadOptions& options = {});

}  // namespace hezar::hub
