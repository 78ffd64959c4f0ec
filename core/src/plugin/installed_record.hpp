#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <hezar/plugin/store.hpp>

namespace hezar::plugin {

/// Beside an installed plugin: where it came from, and what it was.
inline constexpr char kInstalledRecord[] = "installed.json";

/// Sixty-four lower-case digits. @throws Error kIo.
[[nodiscard]] std::string sha256_of(const std::filesystem::path& file);

/// "2026-01-31T12:00:00Z", now.
[[nodiscard]] std::string utc_time();

/// Writes installed.json into `folder`. @throws Error kIo.
void write_record(const std::filesystem::path& folder, const InstalledPlugin& plugin);

/// Whether `folder` was made by an install.
[[nodiscard]] bool has_record(const std::filesystem::path& folder);

/// The plugin installed in `folder`, compared with its file. What is wrong with either is told in
/// `change`.
[[nodiscard]] InstalledPlugin read_record(const std::filesystem::path& folder);

/// The installed plugins of a store, sorted by name.
[[nodiscard]] std::vector<InstalledPlugin> read_records(const std::filesystem::path& store);

}  // namespace hezar::plugin
