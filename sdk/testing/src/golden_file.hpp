#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <boost/json.hpp>

namespace hezar::testing {

/// A golden file as read; what is wrong with it is in `fault`.
struct GoldenFile {
  std::filesystem::path file;
  std::string fault;             ///< empty: none
  boost::json::object config;    ///< also of "path"
  std::filesystem::path folder;  ///< of "path"; empty: none
  std::string module;            ///< config.name; empty: the only module
  std::string kind;              ///< config.config_type; empty: any
  boost::json::value inputs;     ///< null: only a config
  boost::json::value outputs;
  boost::json::object options;
  double tolerance = 1e-5;

  [[nodiscard]] bool has_values() const noexcept { return !inputs.is_null(); }
};

/// Every `*.json` of a folder, sorted. Nothing is thrown for what one of them holds.
/// @throws Error kIo where the folder cannot be read.
[[nodiscard]] std::vector<GoldenFile> read_golden(const std::filesystem::path& folder);

}  // namespace hezar::testing
