#pragma once

#include <filesystem>
#include <vector>

namespace hezar::hub {

/// What lies in a folder, sorted; nothing where there is no such folder.
[[nodiscard]] std::vector<std::filesystem::path> entries_of(const std::filesystem::path& folder);

/// Every file and link below a folder, sorted; links to folders are not entered.
[[nodiscard]] std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder);

}  // namespace hezar::hub
