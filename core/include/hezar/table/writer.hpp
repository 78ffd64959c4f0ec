#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <hezar/api.hpp>
#include <hezar/table/column_type.hpp>

namespace hezar::table {

/// Takes the bytes of a file in order; what it throws reaches the caller of the writer.
using ByteSink = std::function<void(std::string_view bytes)>;

enum class TableFormat {
  kParquet,      ///< readable when it is complete
  kArrowStream,  ///< Arrow's IPC stream: readable as far as it goes, and can be gone on with
};

struct WriterOptions {
  TableFormat format = TableFormat::kParquet;
  bool continues = false;  ///< a stream whose beginning is written already, with the same columns
};

/// Writes rows of typed columns.
class HEZAR_API RowWriter {
 public:
  RowWriter();
  virtual ~RowWriter();
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;

  /// @param row  values by column; those that it lacks are null. An integer is a float too, and a
  /// column of strings takes other values as their JSON.
  /// @throws Error kValue for a value of another type or of no column.
  virtual void add(const boost::json::object& row) = 0;
  /// The rows so far are one group: of a stream they are in the sink then.
  virtual void end_group() = 0;
  /// Writes what is left and the end of the file.
  virtual void end() = 0;
};

/// @throws Error kDependency where this build has no Arrow.
[[nodiscard]] HEZAR_API std::unique_ptr<RowWriter> write_rows(std::vector<ColumnType> columns,
                                                              ByteSink sink,
                                                              const WriterOptions& options = {});

/// Writes the rows of an Arrow stream as a Parquet file, some megabytes at a time.
/// @throws Error kIo, kFormat; kDependency where this build has no Arrow.
HEZAR_API void stream_to_parquet(const std::filesystem::path& stream, const ByteSink& sink);

/// Opens what reads and writes tables, which the first use does otherwise.
/// @throws Error kDependency where this build has no Arrow, or it does not load.
HEZAR_API void require_parquet();

}  // namespace hezar::table
