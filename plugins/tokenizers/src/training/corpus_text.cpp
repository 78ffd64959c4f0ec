#include <training/corpus_text.hpp>

#include <limits>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::size_t kMaxBytes = std::numeric_limits<std::uint32_t>::max();

}  // namespace

CorpusText::CorpusText(const WordCounts& counts) {
  const auto close_word = [this](std::uint32_t begin, std::uint64_t count) {
    const auto end = static_cast<std::uint32_t>(offsets.size());
    if (end == begin) return;
    words.push_back({begin, end - begin, static_cast<double>(count)});
    offsets.push_back(static_cast<std::uint32_t>(text.size()));
    text += '\0';
  };
  for (const WordCount& word : counts.words) {
    if (text.size() + word.word.size() >= kMaxBytes) {
      throw expected_error(ErrorCode::kValue, "training texts",
                           text::concat("distinct words of at most ", kMaxBytes, " bytes together"),
                           "more", "Split texts into words, or train on fewer of them.");
    }
    auto begin = static_cast<std::uint32_t>(offsets.size());
    for (std::size_t at = 0; at < word.word.size();) {
      const std::size_t length = text::utf8_length(word.word[at]);
      if (word.word[at] == '\0') {
        close_word(begin, word.count);
        begin = static_cast<std::uint32_t>(offsets.size());
      } else {
        offsets.push_back(static_cast<std::uint32_t>(text.size()));
        text.append(word.word, at, length);
      }
      at += length;
    }
    close_word(begin, word.count);
  }
}

}  // namespace hezar::tokenizers
