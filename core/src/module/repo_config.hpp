#pragma once

#include <string>

#include <hezar/config/config.hpp>
#include <hezar/registry/kind.hpp>

namespace hezar {

/// The `name` of a config file of `kind`.
/// @throws Error kConfig where the file has none, or says that it is of another kind.
[[nodiscard]] std::string config_name(const ConfigValues& values, Kind kind);

}  // namespace hezar
