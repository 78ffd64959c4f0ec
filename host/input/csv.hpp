#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <input/byte_source.hpp>
#include <input/records.hpp>

namespace hezar::host {

/// A CSV file with a header, read as RFC 4180 says: fields in quotes may hold commas, line ends and
/// doubled quotes. Lines end in LF or CRLF; blank ones are passed over.
class CsvReader : public RecordReader {
 public:
  /// Reads the header.
  /// @throws Error kFormat, kKey.
  CsvReader(std::unique_ptr<ByteSource> source, const RecordOptions& options);

  [[nodiscard]] bool next(Record& record) override;
  [[nodiscard]] double fraction() const override;

 private:
  enum class State { kFieldStart, kPlain, kQuoted, kAfterQuote };

  [[nodiscard]] bool read_row();
  [[nodiscard]] bool take(char c);
  void take_in_field(char c);
  void end_field();
  void find_column(const std::string& column);
  [[nodiscard]] bool refill();
  [[nodiscard]] std::string where() const;

  std::unique_ptr<ByteSource> source_;
  std::string block_;
  std::size_t position_ = 0;
  std::int64_t line_ = 1;      // that is being read
  std::int64_t row_line_ = 1;  // where the row began

  std::vector<std::string> row_;
  std::string field_;
  State state_ = State::kFieldStart;
  std::size_t row_bytes_ = 0;
  std::string row_problem_;  // what was got instead of a good row

  std::size_t columns_ = 0;
  std::size_t column_ = 0;
  bool replace_invalid_;
};

}  // namespace hezar::host
