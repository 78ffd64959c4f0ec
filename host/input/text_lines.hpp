#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <input/byte_source.hpp>
#include <input/records.hpp>

namespace hezar::host {

/// Takes a source apart at LF. A byte order mark at its start is dropped.
class LineSplitter {
 public:
  explicit LineSplitter(std::unique_ptr<ByteSource> source);

  /// The next line without its LF; false at the end.
  /// @param too_long  set when the line was longer than kMaxRecordBytes; the rest of it is dropped.
  [[nodiscard]] bool next(std::string& line, bool& too_long);
  /// Of the line that next() gave last.
  [[nodiscard]] std::int64_t line_number() const { return line_number_; }
  /// "reviews.txt line 3"
  [[nodiscard]] std::string where() const;
  [[nodiscard]] const ByteSource& source() const { return *source_; }
  [[nodiscard]] double fraction() const;

 private:
  bool fill();

  std::unique_ptr<ByteSource> source_;
  std::string block_;
  std::size_t position_ = 0;
  std::int64_t line_number_ = 0;
};

/// One text a line, LF or CRLF.
class TextLinesReader : public RecordReader {
 public:
  TextLinesReader(std::unique_ptr<ByteSource> source, RecordOptions options)
      : lines_(std::move(source)), options_(std::move(options)) {}

  [[nodiscard]] bool next(Record& record) override;
  [[nodiscard]] double fraction() const override { return lines_.fraction(); }
  [[nodiscard]] bool is_typed() const override { return lines_.source().is_terminal(); }

 private:
  LineSplitter lines_;
  RecordOptions options_;
};

/// The record of a line that next() called too long.
[[nodiscard]] Record too_long_record(std::int64_t line, const std::string& where);

}  // namespace hezar::host
