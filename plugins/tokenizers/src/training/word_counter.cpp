#include <training/word_counter.hpp>

#include <algorithm>
#include <cstring>
#include <functional>
#include <memory>
#include <string>

#include <boost/unordered/unordered_flat_map.hpp>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

#include <normalizers/normalizer.hpp>
#include <pre_tokenizers/pre_tokenizer.hpp>
#include <training/check_options.hpp>
#include <training/parallel.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::size_t kBatchBytes = std::size_t{1} << 18U;  // what a thread takes at a time
constexpr std::size_t kBatchesPerThread = 8;

using Counts =
    boost::unordered_flat_map<std::string_view, std::uint64_t, std::hash<std::string_view>>;

/// Texts in one buffer, ended by `ends`.
struct Batch {
  std::string texts;
  std::vector<std::size_t> ends;
  std::size_t first = 0;  // index of its first text in the corpus
};

class Counter {
 public:
  Counter(const Normalizer* normalizer, const PreTokenizer* pre_tokenizer)
      : normalizer_(normalizer),
        pre_tokenizer_(pre_tokenizer),
        memory_(std::make_unique<std::pmr::monotonic_buffer_resource>()) {}

  void add(const Batch& batch) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < batch.ends.size(); ++i) {
      const std::string_view text =
          std::string_view(batch.texts).substr(begin, batch.ends[i] - begin);
      begin = batch.ends[i];
      if (const auto invalid = text::find_invalid_utf8(text)) {
        throw text::invalid_utf8_error(text::concat("text ", batch.first + i), text, *invalid);
      }
      add(text);
    }
  }

  void add(std::string_view word, std::uint64_t count) {
    const auto found = counts_.find(word);
    if (found != counts_.end()) {
      found->second += count;
      return;
    }
    auto* copy = static_cast<char*>(memory_->allocate(word.size(), 1));
    std::memcpy(copy, word.data(), word.size());
    counts_.emplace(std::string_view(copy, word.size()), count);
  }

  [[nodiscard]] const Counts& counts() const { return counts_; }
  [[nodiscard]] std::unique_ptr<std::pmr::monotonic_buffer_resource> take_memory() {
    return std::move(memory_);
  }

 private:
  void add(std::string_view text) {
    if (text.empty()) return;
    text_.text.reset(text, 0, false);
    if (normalizer_ != nullptr) normalizer_->apply(text_.text);
    const auto size = static_cast<std::uint32_t>(text_.text.view().size());
    if (size == 0) return;
    text_.pieces.assign(1, Piece{0, size});
    if (pre_tokenizer_ != nullptr) pre_tokenizer_->apply(text_);
    const std::string_view view = text_.text.view();
    for (const Piece& piece : text_.pieces) {
      add(view.substr(piece.begin, piece.end - piece.begin), 1);
    }
  }

  const Normalizer* normalizer_;
  const PreTokenizer* pre_tokenizer_;
  std::unique_ptr<std::pmr::monotonic_buffer_resource> memory_;
  Counts counts_;
  PreTokenized text_;
};

/// Fills `batches`; false when the texts ended.
bool read_batches(const TextSource& texts, std::vector<Batch>& batches, std::size_t& text_count,
                  std::string& text) {
  for (Batch& batch : batches) {
    batch.texts.clear();
    batch.ends.clear();
    batch.first = text_count;
    while (batch.texts.size() < kBatchBytes) {
      if (!texts(text)) return false;
      if (text.size() > kMaxTextBytes) {
        throw expected_error(ErrorCode::kValue, text::concat("text ", text_count),
                             text::concat("at most ", kMaxTextBytes, " bytes"),
                             text::concat(text.size()), "Cut it into lines.");
      }
      batch.texts += text;
      batch.ends.push_back(batch.texts.size());
      ++text_count;
    }
  }
  return true;
}

WordCounts merge(std::vector<Counter>& counters, std::size_t text_count) {
  Counter& all = counters.front();
  for (std::size_t i = 1; i < counters.size(); ++i) {
    for (const auto& [word, count] : counters[i].counts()) all.add(word, count);
  }
  WordCounts out;
  out.words.reserve(all.counts().size());
  for (const auto& [word, count] : all.counts()) out.words.push_back({word, count});
  out.memory.push_back(all.take_memory());
  if (out.words.empty()) {
    throw expected_error(
        ErrorCode::kValue, "training texts", "at least one word",
        text::concat("none in ", text_count, " texts"),
        "Look at the files, and at what normalizer and pre-tokenizer leave of them.");
  }
  std::sort(out.words.begin(), out.words.end(),
            [](const WordCount& a, const WordCount& b) { return a.word < b.word; });
  return out;
}

}  // namespace

WordCounts count_words(const JsonCursor& tokenizer, const TextSource& texts,
                       const TrainingOptions& options) {
  const auto normalizer_json = tokenizer.find("normalizer");
  const auto pre_tokenizer_json = tokenizer.find("pre_tokenizer");
  const auto normalizer = normalizer_json ? read_normalizer(*normalizer_json) : nullptr;
  const auto pre_tokenizer = pre_tokenizer_json ? read_pre_tokenizer(*pre_tokenizer_json) : nullptr;
  const auto threads = static_cast<std::size_t>(std::max(options.threads, 1));
  std::vector<Counter> counters;
  for (std::size_t i = 0; i < threads; ++i)
    counters.emplace_back(normalizer.get(), pre_tokenizer.get());
  std::vector<Batch> batches(threads * kBatchesPerThread);
  std::string text;
  std::size_t text_count = 0;
  std::int64_t bytes = 0;
  for (bool more = true; more;) {
    check_stop(options);
    for (Batch& batch : batches) batch.ends.clear();
    more = read_batches(texts, batches, text_count, text);
    parallel_for(options.threads, batches.size(), [&](std::size_t worker, std::size_t index) {
      if (!options.stop.stop_requested()) counters[worker].add(batches[index]);
    });
    for (const Batch& batch : batches) {
      bytes += batch.ends.empty() ? 0 : static_cast<std::int64_t>(batch.ends.back());
    }
    if (options.progress) options.progress("reading", bytes, 0);
  }
  return merge(counters, text_count);
}

}  // namespace hezar::tokenizers
