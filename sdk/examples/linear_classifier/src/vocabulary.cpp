#include <vocabulary.hpp>

#include <sstream>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/unicode.hpp>
#include <hezar/text/utf8.hpp>

namespace example {

namespace text = hezar::text;

Vocabulary::Vocabulary(const std::filesystem::path& file) {
  std::istringstream lines(hezar::io::read_file(file));
  for (std::string word; std::getline(lines, word);) {
    if (word.empty() || !columns_.emplace(word, size()).second) {
      throw hezar::expected_error(
          hezar::ErrorCode::kFormat, text::concat(file.string(), ":", size() + 1),
          "a word that is not there yet", text::concat('"', word, '"'), "Give one word a line.");
    }
    words_.push_back(std::move(word));
  }
}

void Vocabulary::count(std::string_view text, float* counts) const {
  if (const auto offset = text::find_invalid_utf8(text)) {
    throw text::invalid_utf8_error("text", text, *offset);
  }
  std::istringstream words(text::to_lower(text));
  for (std::string word; words >> word;) {
    if (const auto found = columns_.find(word); found != columns_.end()) counts[found->second] += 1;
  }
}

void Vocabulary::save(const std::filesystem::path& file) const {
  std::string lines;
  for (const std::string& word : words_) lines.append(word).append("\n");
  hezar::io::write_file(file, lines);
}

}  // namespace example
