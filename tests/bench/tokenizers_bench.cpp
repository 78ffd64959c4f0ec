#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <iostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/tokenizers/engine.hpp>
#include <hezar/tokenizers/repo.hpp>

/// Times the engine for bench_tokenizers.py, in this process only:
///
///     tokenizers_bench TOKENIZER.json TEXT SECONDS MODE...
///
/// The file may be a SentencePiece model. Modes: load; ids (and nothing else), rows (as they are
/// without options), offsets, all (every column), decode over the lines of TEXT; rows2 on two
/// threads, bound2 the same from their processor time, which is what two free cores could give;
/// latency of single texts. Prints {mode: value}: MB/s of text, for load and latency
/// milliseconds and microseconds. Each is the best of the runs that fit into SECONDS, in processor
/// time where one thread works, so that other programs do not count.
namespace {

using hezar::Encoding;
using hezar::TokenizerInput;
using hezar::tokenizers::Engine;
using hezar::tokenizers::EngineOptions;
using Clock = std::chrono::steady_clock;

double wall_seconds() {
  return std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
}
double processor_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// Seconds of the fastest run.
template <class Action>
double best_of(double seconds, const Action& action, double (*now)() = processor_seconds) {
  double best = 1e9;
  const double end = wall_seconds() + seconds;
  for (int runs = 0; runs < 3 || wall_seconds() < end; ++runs) {
    const double start = now();
    action();
    best = std::min(best, now() - start);
  }
  return best;
}

class Bench {
 public:
  Bench(std::string file, const std::string& text, double seconds)
      : file_(std::move(file)), seconds_(seconds), engine_(read()) {
    text_ = hezar::io::read_file(text);
    std::string_view rest = text_;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      TokenizerInput input;
      input.text = rest.substr(0, end);
      inputs_.push_back(input);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  double run(std::string_view mode) const {
    if (mode == "load") return 1e3 * best_of(seconds_, [&] { (void)read(); });
    if (mode == "latency") return latency();
    if (mode == "decode") return decode();
    EngineOptions options;
    options.threads = mode.ends_with('2') ? 2 : 1;
    options.return_type_ids = options.return_attention_mask = mode != "ids";
    if (mode == "all") {
      options.return_tokens = true;
      options.return_word_ids = true;
      options.return_special_tokens_mask = true;
    }
    options.return_offsets = mode == "all" || mode == "offsets";
    const auto encode_all = [&] { encode(options); };
    if (mode == "rows2") return megabytes() / best_of(seconds_, encode_all, wall_seconds);
    return options.threads * megabytes() / best_of(seconds_, encode_all);
  }

 private:
  [[nodiscard]] Engine read() const {
    if (!file_.ends_with(".model")) return Engine::read(file_);
    return Engine::from_json(
        hezar::tokenizers::convert_sentencepiece(hezar::io::read_file(file_), file_), file_);
  }
  [[nodiscard]] double megabytes() const { return static_cast<double>(text_.size()) / 1e6; }

  /// In batches, as a program does that streams a file.
  void encode(const EngineOptions& options) const {
    constexpr std::size_t kBatch = 1000;
    const std::span<const TokenizerInput> all(inputs_);
    for (std::size_t at = 0; at < all.size(); at += kBatch) {
      engine_.encode_batch(all.subspan(at, std::min(kBatch, all.size() - at)), options, rows_);
      tokens_ += rows_.front().ids.size();
    }
  }

  [[nodiscard]] double decode() const {
    std::vector<Encoding> rows = engine_.encode_batch(inputs_, {});
    return megabytes() / best_of(seconds_, [&] {
             for (const Encoding& row : rows) tokens_ += engine_.decode(row.ids).size();
           });
  }

  /// One text a call, of a few words each.
  [[nodiscard]] double latency() const {
    constexpr std::size_t kTexts = 1000;
    std::vector<std::string_view> texts;
    for (const TokenizerInput& input : inputs_) {
      if (texts.size() < kTexts && input.text.size() < 120) texts.push_back(input.text);
    }
    EngineOptions options;
    options.return_tokens = options.return_offsets = options.return_word_ids = true;
    options.return_special_tokens_mask = true;
    const double best = best_of(seconds_, [&] {
      for (const std::string_view text : texts) tokens_ += engine_.encode(text, options).ids.size();
    });
    return 1e6 * best / static_cast<double>(texts.size());
  }

  std::string file_;
  double seconds_;
  Engine engine_;
  std::string text_;
  std::vector<TokenizerInput> inputs_;
  mutable std::vector<Encoding> rows_;
  mutable std::uint64_t tokens_ = 0;  // so that nothing is left out as unused
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    std::cerr << "usage: tokenizers_bench TOKENIZER.json TEXT SECONDS MODE...\n";
    return 2;
  }
  try {
    const Bench bench(argv[1], argv[2], std::stod(argv[3]));
    boost::json::object out;
    for (int i = 4; i < argc; ++i) out[argv[i]] = bench.run(argv[i]);
    std::cout << boost::json::serialize(out) << '\n';
    return 0;
  } catch (const hezar::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
