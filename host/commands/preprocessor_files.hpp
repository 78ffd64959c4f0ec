#pragma once

#include <string>
#include <string_view>

#include <cli/session.hpp>

#include <hezar/error/error.hpp>
#include <hezar/module/preprocessor.hpp>

namespace hezar::host {

/// The preprocessors of a model's folder or repo, or of a folder that holds nothing else. No model
/// is opened.
/// @throws Error kIo, kConfig, kKey, kHub.
[[nodiscard]] Preprocessors load_preprocessors(Session& session, const std::string& path);

/// What is missing when `path` has no `wanted`, with what it has instead.
[[nodiscard]] Error missing_preprocessor(const std::string& path, std::string_view wanted,
                                         const Preprocessors& found);

}  // namespace hezar::host
