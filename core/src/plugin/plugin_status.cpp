#include <plugin/plugin_status.hpp>

#include <array>
#include <string>
#include <utility>

namespace hezar {

namespace {

constexpr std::array<std::pair<PluginStatus, std::string_view>, 16> kNames = {{
    {PluginStatus::kAvailable, "available"},
    {PluginStatus::kLoaded, "loaded"},
    {PluginStatus::kShadowed, "shadowed"},
    {PluginStatus::kNotAPlugin, "not-a-plugin"},
    {PluginStatus::kMalformed, "malformed"},
    {PluginStatus::kIncompatible, "incompatible"},
    {PluginStatus::kMissingDependency, "missing-dependency"},
    {PluginStatus::kUnresolvedSymbol, "unresolved-symbol"},
    {PluginStatus::kCrashed, "crashed"},
    {PluginStatus::kTimedOut, "timed-out"},
    {PluginStatus::kExited, "exited"},
    {PluginStatus::kFailed, "failed"},
    {PluginStatus::kConflict, "conflict"},
    {PluginStatus::kUnreadable, "unreadable"},
    {PluginStatus::kUnsafeDirectory, "unsafe-directory"},
    {PluginStatus::kDisabled, "disabled"},
}};

}  // namespace

std::string_view to_string(PluginStatus status) noexcept {
  for (const auto& [known, name] : kNames) {
    if (known == status) return name;
  }
  return "unset";
}

namespace plugin {

PluginStatus parse_status(std::string_view name) {
  for (const auto& [status, known] : kNames) {
    if (known == name) return status;
  }
  throw Error(ErrorCode::kFormat, "expected the status of a plugin, got another text");
}

PluginStatus status_of(const Error& error) noexcept {
  if (error.code() == ErrorCode::kIo) return PluginStatus::kUnreadable;
  if (error.code() == ErrorCode::kPlugin) return PluginStatus::kIncompatible;
  return PluginStatus::kMalformed;
}

}  // namespace plugin

}  // namespace hezar
