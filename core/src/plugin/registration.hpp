#pragma once

#include <vector>

#include <hezar/registry/registry.hpp>
#include <hezar/registry/runtime.hpp>

namespace hezar::plugin {

/// Tells a runtime's registries of modules whose plugin is not open yet.
/// @throws Error kPlugin where the same plugin announced a name before.
void announce_modules(Runtime& runtime, const std::vector<ModuleInfo>& modules);

}  // namespace hezar::plugin
