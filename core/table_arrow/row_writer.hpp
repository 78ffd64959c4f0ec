#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include <hezar/table/writer.hpp>

namespace hezar::table {

[[nodiscard]] std::unique_ptr<RowWriter> make_row_writer(std::vector<ColumnType> columns,
                                                         ByteSink sink,
                                                         const WriterOptions& options);

void convert_stream(const std::filesystem::path& stream, const ByteSink& sink);

}  // namespace hezar::table
