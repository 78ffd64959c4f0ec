#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include <boost/json.hpp>

#include <hezar/hub/upload.hpp>
#include <hezar/module/push_options.hpp>

namespace hezar {

/// What is pushed, whatever kind of module it is.
struct PushedModule {
  boost::json::object config;  ///< says what it is, for the card
  std::string what;            ///< "model and config", for the commit's message
  std::function<void(const std::filesystem::path& folder)> save;
};

/// Saves to a temporary folder, with a model card where the repo has none, and uploads that by one
/// commit.
/// @param repo  `owner/name`, or `owner/name@revision`.
/// @throws Error kValue for another text; kHub, kIo, kCancelled.
hub::UploadResult push(const PushedModule& module, const std::string& repo,
                       const PushOptions& options);

}  // namespace hezar
