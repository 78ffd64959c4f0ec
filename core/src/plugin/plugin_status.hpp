#pragma once

#include <string_view>

#include <hezar/error/error.hpp>
#include <hezar/plugin/host.hpp>

namespace hezar::plugin {

/// @throws Error kFormat for what is no status.
[[nodiscard]] PluginStatus parse_status(std::string_view name);

/// What an Error of reading a plugin's file means.
[[nodiscard]] PluginStatus status_of(const Error& error) noexcept;

}  // namespace hezar::plugin
