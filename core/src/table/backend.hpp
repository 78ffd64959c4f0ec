#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <hezar/api.hpp>
#include <hezar/table/reader.hpp>
#include <hezar/table/writer.hpp>

namespace hezar::table {

/// What libhezar-arrow does for the functions of this area.
///
/// libhezar opens that library at the first use instead of naming it as needed: with Arrow it is
/// 60 MB, and a program that links it takes 10 ms to start, as long as `hezar` may take in all.
class HEZAR_API Backend {
 public:
  Backend();
  virtual ~Backend();
  Backend(const Backend&) = delete;
  Backend& operator=(const Backend&) = delete;

  [[nodiscard]] virtual std::unique_ptr<TextColumnReader> read_text_column(
      const std::filesystem::path& file, const std::string& column) const = 0;
  [[nodiscard]] virtual std::unique_ptr<RowWriter> write_rows(
      std::vector<ColumnType> columns, ByteSink sink, const WriterOptions& options) const = 0;
  virtual void stream_to_parquet(const std::filesystem::path& stream,
                                 const ByteSink& sink) const = 0;
};

/// Called by the library while it is opened.
/// @param backend  lives as long as the process.
HEZAR_API void set_backend(const Backend& backend) noexcept;

}  // namespace hezar::table
