#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <hezar/table/reader.hpp>

namespace hezar::table {

[[nodiscard]] std::unique_ptr<TextColumnReader> open_text_column(const std::filesystem::path& file,
                                                                 const std::string& column);

}  // namespace hezar::table
