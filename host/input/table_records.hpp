#pragma once

#include <memory>
#include <string>

#include <input/records.hpp>

#include <hezar/table/reader.hpp>

namespace hezar::host {

/// A column of a Parquet file; a record's line is its row, from 1.
class TableRecordReader : public RecordReader {
 public:
  /// @throws Error as table::read_text_column does.
  TableRecordReader(std::string file, RecordOptions options);

  [[nodiscard]] bool next(Record& record) override;
  [[nodiscard]] double fraction() const override;

 private:
  std::string file_;
  RecordOptions options_;
  std::unique_ptr<table::TextColumnReader> reader_;
  table::TextRow row_;
};

}  // namespace hezar::host
