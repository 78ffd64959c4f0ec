#pragma once

#include <vector>

#include <hezar/hub/options.hpp>
#include <hezar/hub/repo.hpp>
#include <hub/http.hpp>
#include <hub/upload_files.hpp>

namespace hezar::hub {

/// Brings the contents of large files to the Hub's store, those it lacks; several files, and parts
/// of one, at a time. No repo changes by this.
/// @param files  with `oid`; equal contents are sent once.
/// @throws HubError, Error kIo, kCancelled.
void upload_lfs(HttpClient& client, const RepoId& repo, const std::vector<UploadFile>& files,
                const HubOptions& options);

}  // namespace hezar::hub
