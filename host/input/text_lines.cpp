#include <input/text_lines.hpp>

#include <string_view>
#include <utility>

#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

LineSplitter::LineSplitter(std::unique_ptr<ByteSource> source) : source_(std::move(source)) {}

bool LineSplitter::fill() {
  const bool first = source_->bytes_read() == 0;
  position_ = 0;
  if (!source_->read(block_)) {
    block_.clear();
    return false;
  }
  if (first && block_.starts_with(kByteOrderMark)) position_ = kByteOrderMark.size();
  return true;
}

bool LineSplitter::next(std::string& line, bool& too_long) {
  line.clear();
  too_long = false;
  bool any = false;
  while (position_ < block_.size() || fill()) {
    any = true;
    const std::size_t end = block_.find('\n', position_);
    const std::size_t stop = end == std::string::npos ? block_.size() : end;
    if (line.size() + (stop - position_) > kMaxRecordBytes) too_long = true;
    if (!too_long) line.append(block_, position_, stop - position_);
    position_ = end == std::string::npos ? stop : stop + 1;
    if (end != std::string::npos) break;
  }
  if (any) ++line_number_;
  return any;
}

std::string LineSplitter::where() const {
  return text::concat(source_->name(), " line ", line_number_);
}

double LineSplitter::fraction() const {
  return source_->fraction(block_.size() - position_);
}

bool TextLinesReader::next(Record& record) {
  std::string line;
  bool too_long = false;
  if (!lines_.next(line, too_long)) return false;
  if (too_long) {
    record = too_long_record(lines_.line_number(), lines_.where());
    return true;
  }
  if (!options_.keep_carriage_return && line.ends_with('\r')) line.pop_back();
  record =
      make_record(std::move(line), lines_.line_number(), lines_.where(), options_.replace_invalid);
  return true;
}

Record too_long_record(std::int64_t line, const std::string& where) {
  Record record;
  record.line = line;
  record.problem = expected_error(ErrorCode::kFormat, where,
                                  text::concat("at most ", kMaxRecordBytes, " bytes"), "more");
  return record;
}

}  // namespace hezar::host
