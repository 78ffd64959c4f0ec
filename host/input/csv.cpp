#include <input/csv.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kMaxColumns = 1 << 16;

}  // namespace

CsvReader::CsvReader(std::unique_ptr<ByteSource> source, const RecordOptions& options)
    : source_(std::move(source)), replace_invalid_(options.replace_invalid) {
  if (!read_row() || !row_problem_.empty()) {
    throw expected_error(ErrorCode::kFormat, source_->name(), "a header line with column names",
                         row_problem_.empty() ? "an empty file" : row_problem_);
  }
  columns_ = row_.size();
  find_column(options.column);
}

void CsvReader::find_column(const std::string& column) {
  const auto found = std::find(row_.begin(), row_.end(), column.empty() ? "text" : column);
  if (found != row_.end()) {
    column_ = static_cast<std::size_t>(found - row_.begin());
    return;
  }
  if (!column.empty()) {
    throw unknown_name_error(ErrorCode::kKey, source_->name(), "a column of the file", column,
                             row_);
  }
  if (row_.size() > 1) {
    throw expected_error(ErrorCode::kKey, source_->name(), "a column \"text\"",
                         text::join(row_, ", "), "Say which one with --column");
  }
}

bool CsvReader::next(Record& record) {
  if (!read_row()) return false;
  if (row_problem_.empty() && row_.size() != columns_) {
    row_problem_ = text::concat("a row of ", row_.size());
  }
  if (row_problem_.empty()) {
    record = make_record(std::move(row_[column_]), row_line_, where(), replace_invalid_);
    return true;
  }
  record = {};
  record.line = row_line_;
  record.problem = expected_error(ErrorCode::kFormat, where(),
                                  text::concat("a row of ", columns_, " fields"), row_problem_);
  return true;
}

bool CsvReader::read_row() {
  row_.clear();
  field_.clear();
  row_problem_.clear();
  row_bytes_ = 0;
  state_ = State::kFieldStart;
  row_line_ = line_;
  while (position_ < block_.size() || refill()) {
    if (take(block_[position_++])) return true;
  }
  if (state_ == State::kQuoted) row_problem_ = "a quote that is never closed";
  if (row_.empty() && field_.empty() && state_ == State::kFieldStart) return false;
  end_field();
  return true;
}

/// @return true when the row is complete.
bool CsvReader::take(char c) {
  if (c == '\n') ++line_;
  if (++row_bytes_ > kMaxRecordBytes) row_problem_ = "one that is too long";
  if (state_ == State::kQuoted || (c != '\n' && c != ',')) {
    take_in_field(c);
    return false;
  }
  if (c == ',') {
    end_field();
    return false;
  }
  if (state_ != State::kAfterQuote && field_.ends_with('\r')) field_.pop_back();
  if (row_.empty() && field_.empty() && state_ != State::kAfterQuote) {
    state_ = State::kFieldStart;
    row_line_ = line_;
    return false;
  }
  end_field();
  return true;
}

void CsvReader::take_in_field(char c) {
  if (c == '"' && state_ == State::kFieldStart) {
    state_ = State::kQuoted;
  } else if (c == '"' && state_ == State::kQuoted) {
    state_ = State::kAfterQuote;
  } else if (c == '"' && state_ == State::kAfterQuote) {
    field_.push_back('"');
    state_ = State::kQuoted;
  } else if (state_ == State::kAfterQuote) {
    if (c != '\r') row_problem_ = "text after a closing quote";
  } else {
    if (row_problem_.empty()) field_.push_back(c);
    if (state_ == State::kFieldStart) state_ = State::kPlain;
  }
}

void CsvReader::end_field() {
  state_ = State::kFieldStart;
  if (row_.size() == kMaxColumns) row_problem_ = "far more";
  if (row_problem_.empty()) row_.push_back(field_);
  field_.clear();
}

bool CsvReader::refill() {
  const bool first = source_->bytes_read() == 0;
  position_ = 0;
  if (!source_->read(block_)) {
    block_.clear();
    return false;
  }
  if (first && block_.starts_with(kByteOrderMark)) position_ = kByteOrderMark.size();
  return true;
}

std::string CsvReader::where() const {
  return text::concat(source_->name(), " line ", row_line_);
}

double CsvReader::fraction() const {
  return source_->fraction(block_.size() - position_);
}

}  // namespace hezar::host
