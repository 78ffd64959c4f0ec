#pragma once

#include <string>
#include <string_view>

#include <hezar/error/error.hpp>
#include <hezar/plugin/host.hpp>

namespace hezar::host {

/// Whether a plugin of this status should work and does not.
[[nodiscard]] bool is_broken(PluginStatus status);

[[nodiscard]] bool is_usable(PluginStatus status);

/// @throws Error kKey with the nearest names.
[[nodiscard]] PluginInfo find_plugin(const PluginHost& plugins, std::string_view name);

}  // namespace hezar::host
