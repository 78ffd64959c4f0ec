#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include <hezar/hub/repo.hpp>
#include <hub/http.hpp>
#include <hub/upload_files.hpp>

namespace hezar::hub {

/// One commit: all of its files or none.
struct CommitRequest {
  std::string message;
  std::string parent;             ///< what it must follow
  std::vector<UploadFile> files;  ///< contents of large ones are in the store already
  /// Whether the repo holds these very files now; asked where an answer was lost.
  std::function<bool()> is_done;
};

struct Commit {
  std::string id;
  std::string url;
};

/// @throws HubError kStaleParent where somebody else committed since `parent`.
[[nodiscard]] Commit make_commit(HttpClient& client, const RepoId& repo,
                                 const CommitRequest& request, const std::stop_token& stop);

/// Lets the Hub look at a model card before anything is sent.
/// @throws HubError with what is wrong with its metadata.
void check_card(HttpClient& client, const RepoId& repo, const std::string& card,
                const std::stop_token& stop);

}  // namespace hezar::hub
