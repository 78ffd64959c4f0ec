#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include <hezar/registry/runtime.hpp>

namespace hezar::host {

/// A config file of a repo folder, and who serves it.
struct ConfigFile {
  std::string file;  ///< below the folder
  std::string kind;
  std::string name;
  std::string task;
  std::string plugin;   ///< empty where none provides it
  std::string problem;  ///< why it cannot be used
};

struct WeightsInfo {
  std::string file;
  std::int64_t tensors = 0;
  std::int64_t parameters = 0;  ///< elements of floating point tensors
  std::string precision;        ///< what they are packed for; "fp32" where they are plain
  std::string problem;
};

/// What a repo folder holds.
struct FolderInfo {
  std::string path;
  std::vector<ConfigFile> configs;
  std::optional<WeightsInfo> weights;

  [[nodiscard]] bool has_problem() const;
  [[nodiscard]] boost::json::object to_json() const;
};

/// Reads configs and the headers of weights; opens no plugin. What cannot be read is told in its
/// place.
/// @throws Error kIo where `folder` is none, kConfig where it holds no config.
[[nodiscard]] FolderInfo inspect_folder(const Runtime& runtime,
                                        const std::filesystem::path& folder);

}  // namespace hezar::host
