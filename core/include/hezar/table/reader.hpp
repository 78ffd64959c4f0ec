#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include <hezar/api.hpp>

namespace hezar::table {

/// The value of one row.
struct TextRow {
  std::string text;         ///< as it is in the file: not checked to be UTF-8
  std::int64_t number = 0;  ///< from 1
  bool is_null = false;     ///< `text` is empty then
};

/// One column of texts, row after row. Memory does not grow with the file.
class HEZAR_API TextColumnReader {
 public:
  TextColumnReader();
  virtual ~TextColumnReader();
  TextColumnReader(const TextColumnReader&) = delete;
  TextColumnReader& operator=(const TextColumnReader&) = delete;

  /// False at the end.
  /// @throws Error kFormat, kIo: nothing after that can be read.
  [[nodiscard]] virtual bool next(TextRow& row) = 0;
  /// Of the whole file.
  [[nodiscard]] virtual std::int64_t rows() const = 0;
};

/// Opens a Parquet file.
/// @param column  empty: "text", or the only one.
/// @throws Error kIo; kKey for a column that is not there; kFormat for one that holds no texts and
/// for a file that is none; kDependency where this build has no Arrow.
[[nodiscard]] HEZAR_API std::unique_ptr<TextColumnReader> read_text_column(
    const std::filesystem::path& file, const std::string& column);

}  // namespace hezar::table
