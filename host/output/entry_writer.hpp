#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <output/format.hpp>
#include <terminal/output.hpp>

#include <hezar/table/column_type.hpp>

namespace hezar::host {

using Sink = std::function<void(std::string_view)>;

/// How entries lie in the columns of a Parquet file.
struct TableShape {
  std::vector<table::ColumnType> columns;
  bool is_flat = true;  ///< an entry's fields are the columns; else it is the value of one
};
BOOST_DESCRIBE_STRUCT(TableShape, (), (columns, is_flat))

/// How the entries of a verb look where the format is not JSON.
struct EntryShape {
  /// An entry as rows of one table; all have the same keys.
  std::function<std::vector<boost::json::object>(const boost::json::value& entry)> rows;
  /// An entry as one line.
  std::function<std::string(const boost::json::value& entry)> line;
  std::string input_column = "input";  ///< empty: rows already hold it
  /// By the first entry; none: there is no Parquet of these.
  std::function<TableShape(const boost::json::value& entry)> table = {};
};

/// Writes one entry an input, in order, keeping none of them.
class EntryWriter {
 public:
  EntryWriter() = default;
  virtual ~EntryWriter() = default;
  EntryWriter(const EntryWriter&) = delete;
  EntryWriter& operator=(const EntryWriter&) = delete;

  virtual void add(const std::string& input, const boost::json::value& entry) = 0;
  /// An input that was skipped: null in JSON, an empty line in text, nothing in tables.
  virtual void skip() = 0;
  /// What was added so far can be shown.
  virtual void end_window() {}
  virtual void end() {}

  /// What another writer needs to go on after this one.
  [[nodiscard]] virtual boost::json::value state() const { return nullptr; }
  /// Before anything is added.
  /// @param state  what state() gave.
  virtual void restore(const boost::json::value& state) { static_cast<void>(state); }
};

/// What stands for a skipped input in JSON lines and text.
[[nodiscard]] std::string_view skipped_line(Format format);

/// @param format  where it is kParquet, `is_stream` says whether what is written is the Arrow
/// stream that becomes a Parquet file later.
[[nodiscard]] std::unique_ptr<EntryWriter> make_entry_writer(Format format, Sink sink, Style style,
                                                             EntryShape shape,
                                                             bool is_stream = false);

/// Rows and lines of what models predict: a struct, or a list of structs.
[[nodiscard]] EntryShape prediction_shape();

}  // namespace hezar::host
