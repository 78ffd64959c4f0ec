#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <input/records.hpp>

namespace hezar::host {

/// The texts of several files one after the other. Lines of text files keep their ends, as the
/// reference trains on files.
class FileTexts {
 public:
  struct Options {
    std::string column;  ///< of .csv and .jsonl
    bool skip_bad = false;
    std::stop_token stop;
  };

  /// @throws Error kIo and others, at once, for a file that cannot be opened.
  FileTexts(std::vector<std::string> files, Options options);

  /// Puts the next text into `text`; false at the end.
  /// @throws Error, the problem of a record, unless those are skipped.
  [[nodiscard]] bool next(std::string& text);

  [[nodiscard]] std::int64_t read() const { return read_; }
  [[nodiscard]] std::int64_t skipped() const { return skipped_; }
  /// How much of all files is read, 0 to 1; negative where that is not known.
  [[nodiscard]] double fraction() const;

 private:
  void open(std::size_t index);
  [[nodiscard]] bool next_record(Record& record);

  std::vector<std::string> files_;
  Options options_;
  std::size_t file_ = 0;
  std::unique_ptr<RecordReader> reader_;
  bool is_text_ = false;             // lines of the file get their LF back
  bool is_last_line_open_ = false;   // but the last one had none
  std::unique_ptr<Record> waiting_;  // of the open file
  std::int64_t read_ = 0;
  std::int64_t skipped_ = 0;
};

}  // namespace hezar::host
