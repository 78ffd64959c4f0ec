#include <input/table_records.hpp>

#include <utility>

#include <hezar/text/concat.hpp>

namespace hezar::host {

TableRecordReader::TableRecordReader(std::string file, RecordOptions options)
    : file_(std::move(file)),
      options_(std::move(options)),
      reader_(table::read_text_column(file_, options_.column)) {}

bool TableRecordReader::next(Record& record) {
  if (options_.stop.stop_requested()) {
    throw Error(ErrorCode::kCancelled, "reading " + file_ + ": interrupted");
  }
  if (!reader_->next(row_)) return false;
  const std::string where = text::concat(file_, " row ", row_.number);
  if (!row_.is_null) {
    record = make_record(std::move(row_.text), row_.number, where, options_.replace_invalid);
    return true;
  }
  record = {};
  record.line = row_.number;
  record.problem = expected_error(ErrorCode::kFormat, where, "a text", "null");
  return true;
}

double TableRecordReader::fraction() const {
  const std::int64_t rows = reader_->rows();
  return rows == 0 ? 1 : static_cast<double>(row_.number) / static_cast<double>(rows);
}

}  // namespace hezar::host
