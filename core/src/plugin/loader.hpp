#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/plugin/descriptor.hpp>
#include <hezar/plugin/registrar.hpp>
#include <plugin/compatibility.hpp>
#include <plugin/load_error.hpp>

namespace hezar::plugin {

struct Opened {
  std::unique_ptr<Registrar> registrar;  ///< null: `fault` says why
  LoadFault fault;
};

/// Opens a plugin in this process, for ever, and collects what it registers. The plugin's code
/// runs: prove it first.
/// @param on_stage  called with "torch", "open" and "register" just before each.
[[nodiscard]] Opened open_plugin(const std::filesystem::path& file,
                                 const PluginDescriptor& descriptor, const HostAbi& host,
                                 const std::function<void(std::string_view)>& on_stage);

[[nodiscard]] std::vector<ModuleInfo> modules_of(const Registrar& registrar);

/// How what a plugin registers differs from what was said of it, as a reason; empty: it does not.
[[nodiscard]] std::string difference(const std::vector<ModuleInfo>& listed,
                                     const std::vector<ModuleInfo>& registered);

}  // namespace hezar::plugin
