#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include <hezar/error/error.hpp>

namespace hezar::host {

/// One input of a file.
struct Record {
  std::string text;
  std::int64_t line = 0;         ///< where it begins, from 1; for arguments, which one it is
  std::optional<Error> problem;  ///< why it cannot be used; `text` is empty then
};

/// Inputs, one after the other; a bad one is told in its record and the next is fine.
class RecordReader {
 public:
  RecordReader() = default;
  virtual ~RecordReader() = default;
  RecordReader(const RecordReader&) = delete;
  RecordReader& operator=(const RecordReader&) = delete;

  /// False at the end.
  /// @throws Error kIo, kCancelled; kFormat where nothing after it can be read.
  [[nodiscard]] virtual bool next(Record& record) = 0;
  /// How much of the input is read, 0 to 1; negative where that is not known.
  [[nodiscard]] virtual double fraction() const = 0;
  /// Somebody types it, so an answer should come after each line.
  [[nodiscard]] virtual bool is_typed() const { return false; }
};

struct RecordOptions {
  std::string column;  ///< of .csv, .jsonl and .parquet; empty: "text", or the only one
  bool keep_carriage_return = false;  ///< of text lines: only LF ends a line
  bool replace_invalid = false;       ///< what is not UTF-8 becomes U+FFFD
  std::stop_token stop;
};

/// A record longer than this is a problem, not a reason to run out of memory.
inline constexpr std::size_t kMaxRecordBytes = 256U << 20U;

/// Opens a file by its ending: .txt or none one text a line (so is "-", standard input), .csv with
/// a header, .jsonl, .parquet.
/// @throws Error kIo, kFormat for a header that cannot be used, kKey for a column that is not
/// there, kDependency for .parquet where this build has no Arrow.
[[nodiscard]] std::unique_ptr<RecordReader> read_records(const std::string& file,
                                                         const RecordOptions& options);

/// A record of `text`, checked to be UTF-8, or made so.
/// @param where  "reviews.txt line 3"
[[nodiscard]] Record make_record(std::string text, std::int64_t line, const std::string& where,
                                 bool replace_invalid);

}  // namespace hezar::host
