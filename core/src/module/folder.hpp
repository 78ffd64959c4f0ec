#pragma once

#include <filesystem>

#include <hezar/module/module.hpp>

namespace hezar {

/// Makes a folder and those above it.
/// @throws Error kIo.
void make_folder(const std::filesystem::path& folder);

/// Writes a module's config, top-level nulls left out as the reference does, into `folder`. Last of
/// its files, so that a folder with a config is complete.
void write_config_file(const Module& module, const std::filesystem::path& folder);

}  // namespace hezar
