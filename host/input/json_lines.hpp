#pragma once

#include <memory>
#include <string>

#include <input/text_lines.hpp>

namespace hezar::host {

/// One JSON object a line; the text is under a key. Blank lines are passed over.
class JsonLinesReader : public RecordReader {
 public:
  /// @param column  the key; empty: "text", or the only one.
  JsonLinesReader(std::unique_ptr<ByteSource> source, std::string column)
      : lines_(std::move(source)), column_(std::move(column)) {}

  [[nodiscard]] bool next(Record& record) override;
  [[nodiscard]] double fraction() const override { return lines_.fraction(); }

 private:
  [[nodiscard]] std::string text_of(const std::string& line) const;

  LineSplitter lines_;
  std::string column_;
};

}  // namespace hezar::host
