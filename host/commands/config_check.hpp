#pragma once

#include <string>
#include <vector>

#include <boost/json.hpp>

#include <hezar/registry/runtime.hpp>

namespace hezar::host {

/// What a config file says, beside what its module's fields allow.
struct ConfigCheck {
  ModuleInfo info;
  boost::json::object complete;  ///< identity, every field with its value or default, unknown keys
  std::vector<std::string> errors;
  std::vector<std::string> warnings;
};

/// Checks the types, ranges and choices of every field; opens no plugin.
/// @param file  what errors call it.
/// @throws Error kConfig, kKey where the file does not say which module it is for.
[[nodiscard]] ConfigCheck check_config(const Runtime& runtime, const boost::json::object& config,
                                       const std::string& file);

}  // namespace hezar::host
