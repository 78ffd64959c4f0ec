#pragma once

#include <memory>
#include <string>

#include <input/text_lines.hpp>

namespace hezar::host {

/// One JSON object a line; the text is under a key. Blank lines are passed over.
class JsonLinesReader : public RecordReader {
 public:
  JsonLinesReader(std::unique_ptr<ByteSource> source, const RecordOptions& options)
      : lines_(std::move(source)),
        column_(options.column),
        replace_invalid_(options.replace_invalid) {}

  [[nodiscard]] bool next(Record& record) override;
  [[nodiscard]] double fraction() const override { return lines_.fraction(); }

 private:
  [[nodiscard]] std::string text_of(const std::string& line) const;

  LineSplitter lines_;
  std::string column_;
  bool replace_invalid_;
};

}  // namespace hezar::host
