#pragma once

#include <string>
#include <string_view>

#include <hezar/plugin/host.hpp>
#include <plugin/dependencies.hpp>

namespace hezar::plugin {

struct LoadFault {
  PluginStatus status = PluginStatus::kFailed;
  std::string reason;  ///< after `<file>: `
};

/// What the dynamic loader's message means, with symbols demangled.
[[nodiscard]] LoadFault explain_load_error(std::string_view message);

[[nodiscard]] std::string describe(const MissingDependency& missing,
                                   const std::filesystem::path& plugin);

}  // namespace hezar::plugin
