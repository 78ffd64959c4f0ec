#include <input/file_texts.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <utility>

namespace hezar::host {

namespace {

bool is_text_file(const std::string& file) {
  const std::string extension = std::filesystem::path(file).extension().string();
  return extension.empty() || extension == ".txt";
}

bool ends_with_line_feed(const std::string& file) {
  std::ifstream stream(file, std::ios::binary | std::ios::ate);
  if (stream.tellg() <= 0) return false;
  stream.seekg(-1, std::ios::end);
  return stream.get() == '\n';
}

}  // namespace

FileTexts::FileTexts(std::vector<std::string> files, Options options)
    : files_(std::move(files)), options_(std::move(options)) {
  for (std::size_t i = files_.size(); i-- > 1;) {
    if (files_[i] != "-") open(i);  // so that a missing one is told before any work
  }
  open(0);
}

void FileTexts::open(std::size_t index) {
  file_ = index;
  const std::string& file = files_[index];
  is_text_ = is_text_file(file);
  is_last_line_open_ = is_text_ && file != "-" && !ends_with_line_feed(file);
  RecordOptions options;
  if (!is_text_) options.column = options_.column;
  options.keep_carriage_return = true;
  options.stop = options_.stop;
  reader_ = read_records(file, options);
  auto first = std::make_unique<Record>();
  waiting_ = reader_->next(*first) ? std::move(first) : nullptr;
}

/// One record is read ahead, to know the last of a file.
bool FileTexts::next_record(Record& record) {
  while (waiting_ == nullptr) {
    if (file_ + 1 == files_.size()) return false;
    open(file_ + 1);
  }
  record = std::move(*waiting_);
  if (!reader_->next(*waiting_)) waiting_ = nullptr;
  if (is_text_ && (waiting_ != nullptr || !is_last_line_open_)) record.text += '\n';
  return true;
}

bool FileTexts::next(std::string& text) {
  Record record;
  while (next_record(record)) {
    if (!record.problem) {
      ++read_;
      text = std::move(record.text);
      return true;
    }
    if (!options_.skip_bad) throw *record.problem;
    ++skipped_;
    std::fprintf(stderr, "hezar: skipped: %s\n", record.problem->what());
  }
  return false;
}

double FileTexts::fraction() const {
  const double part = reader_->fraction();
  if (part < 0) return part;
  return (static_cast<double>(file_) + part) / static_cast<double>(files_.size());
}

}  // namespace hezar::host
