#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <output/format.hpp>
#include <terminal/output.hpp>

namespace hezar::host {

using Sink = std::function<void(std::string_view)>;

/// How the entries of a verb look where the format is not JSON.
struct EntryShape {
  /// An entry as rows of one table; all have the same keys.
  std::function<std::vector<boost::json::object>(const boost::json::value& entry)> rows;
  /// An entry as one line.
  std::function<std::string(const boost::json::value& entry)> line;
  std::string input_column = "input";  ///< empty: rows already hold it
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
};

/// What stands for a skipped input in JSON lines and text.
[[nodiscard]] std::string_view skipped_line(Format format);

[[nodiscard]] std::unique_ptr<EntryWriter> make_entry_writer(Format format, Sink sink, Style style,
                                                             EntryShape shape);

/// Rows and lines of what models predict: a struct, or a list of structs.
[[nodiscard]] EntryShape prediction_shape();

}  // namespace hezar::host
