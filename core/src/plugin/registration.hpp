#pragma once

#include <vector>

#include <hezar/plugin/registrar.hpp>
#include <hezar/registry/registry.hpp>
#include <hezar/registry/runtime.hpp>

namespace hezar::plugin {

/// Tells a runtime's registries of modules whose plugin is not open yet.
/// @throws Error kPlugin where the same plugin announced a name before.
void announce_modules(Runtime& runtime, const std::vector<ModuleInfo>& modules);

/// Adds what an open plugin registered to a runtime's registries: all of it, or nothing.
/// @throws Error kPlugin where one of its names is there already.
void commit_modules(Runtime& runtime, const Registrar& registrar);

}  // namespace hezar::plugin
