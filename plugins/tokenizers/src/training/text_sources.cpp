#include <fstream>
#include <memory>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>
#include <hezar/tokenizers/training.hpp>

namespace hezar::tokenizers {

namespace {

/// Reads files one after the other.
class Lines {
 public:
  explicit Lines(std::vector<std::filesystem::path> files) : files_(std::move(files)) {
    for (const std::filesystem::path& file : files_) open(file);
    if (files_.empty()) {
      throw expected_error(ErrorCode::kValue, "training", "at least one file", "none",
                           "Name the files to read.");
    }
    stream_ = open(files_.front());
  }

  bool next(std::string& text) {
    while (!std::getline(stream_, text)) {
      if (stream_.bad()) throw unreadable(files_[file_], "an error while reading");
      if (++file_ == files_.size()) return false;
      stream_ = open(files_[file_]);
      line_ = 0;
    }
    ++line_;
    if (!stream_.eof()) text += '\n';
    if (const auto invalid = text::find_invalid_utf8(text)) {
      throw text::invalid_utf8_error(text::concat(files_[file_].string(), " line ", line_), text,
                                     *invalid);
    }
    return true;
  }

 private:
  static Error unreadable(const std::filesystem::path& file, std::string_view got) {
    return expected_error(ErrorCode::kIo, file.string(), "a readable file", got,
                          "Check the path and the permissions.");
  }

  static std::ifstream open(const std::filesystem::path& file) {
    if (std::filesystem::is_directory(file)) throw unreadable(file, "a directory");
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw unreadable(file, "none that can be opened");
    return stream;
  }

  std::vector<std::filesystem::path> files_;
  std::ifstream stream_;
  std::size_t file_ = 0;
  std::size_t line_ = 0;
};

}  // namespace

TextSource lines_of(std::vector<std::filesystem::path> files) {
  auto lines = std::make_shared<Lines>(std::move(files));  // shared, for sources are copyable
  return [lines](std::string& text) { return lines->next(text); };
}

TextSource texts_of(const std::vector<std::string>& texts) {
  return [&texts, next = std::size_t{0}](std::string& text) mutable {
    if (next == texts.size()) return false;
    text = texts[next++];
    return true;
  };
}

}  // namespace hezar::tokenizers
