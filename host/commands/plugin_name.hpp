#pragma once

#include <string>
#include <string_view>

#include <hezar/plugin/host.hpp>
#include <hezar/registry/runtime.hpp>

namespace hezar::host {

/// Refuses what a new plugin of `kind` and its one module cannot be called.
/// @throws UsageError for what is no name, or a word of C++; Error kValue for one that is taken.
void check_new_name(Runtime& runtime, Kind kind, const std::string& name);

/// "my_plugin" to "MyPlugin".
[[nodiscard]] std::string class_name(std::string_view name);

}  // namespace hezar::host
