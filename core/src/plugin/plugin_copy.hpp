#pragma once

#include <filesystem>

namespace hezar::plugin {

/// The plugin's file that `source` is, or, where it is a folder, holds.
/// @throws Error kPlugin for a folder with none or several, kIo.
[[nodiscard]] std::filesystem::path plugin_in(const std::filesystem::path& source);

/// Copies a plugin's file, or a folder with all it holds but hidden files, into the folder `to`,
/// and to disk. Nobody but the user may write to the copies.
/// @throws Error kIo, kPlugin for what is no file or folder, or a link that leads out of it.
void copy_plugin(const std::filesystem::path& source, const std::filesystem::path& to);

}  // namespace hezar::plugin
