#pragma once

#include <filesystem>
#include <string>

#include <cli/session.hpp>

#include <hezar/hub/download.hpp>

namespace hezar::host {

/// The folder of a path or of a repo, whose files are downloaded where the cache lacks them: with a
/// progress bar, and until Ctrl-C.
/// @throws Error kIo, kHub, kCancelled.
[[nodiscard]] std::filesystem::path repo_folder(Session& session, const std::string& path_or_repo,
                                                const hub::FileSelection& files);

/// A progress bar for what `options` are used for, and Ctrl-C as its stop token.
void show_progress(Session& session, hub::HubOptions& options);

}  // namespace hezar::host
