#include <training/merge_trainer.hpp>

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include <boost/unordered/unordered_flat_map.hpp>

#include <hezar/log/log.hpp>
#include <hezar/text/concat.hpp>

#include <training/check_options.hpp>
#include <training/pair_merger.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::int64_t kProgressInterval = 64;  // tokens

using Merges = std::vector<std::pair<Symbol, Symbol>>;

/// A pair that was merged twice counts where it was merged last, as in the reference.
Merges without_repeats(const Merges& merges) {
  boost::unordered_flat_map<std::uint64_t, std::size_t> last;
  const auto key = [](const auto& pair) { return std::uint64_t{pair.first} << 32U | pair.second; };
  for (std::size_t i = 0; i < merges.size(); ++i) last[key(merges[i])] = i;
  Merges out;
  out.reserve(last.size());
  for (std::size_t i = 0; i < merges.size(); ++i) {
    if (last[key(merges[i])] == i) out.push_back(merges[i]);
  }
  return out;
}

std::string join(const std::string& left, std::string_view right, const std::string& prefix) {
  if (right.starts_with(prefix)) right.remove_prefix(prefix.size());
  return left + std::string(right);
}

void warn_of_small_vocabulary(const SymbolTable& tokens, const TrainingOptions& options) {
  if (static_cast<std::int64_t>(tokens.size()) < options.vocab_size) return;
  log::warning(text::concat("training: vocab_size: ", options.vocab_size,
                            " leaves no room for merges: special tokens and alphabet are ",
                            tokens.size(), ", and all of them are kept"));
}

}  // namespace

MergedVocabulary train_merges(const WordCounts& words, const TrainingOptions& options) {
  MergedVocabulary out;
  SymbolTable& tokens = out.tokens;
  for (const std::string& token : options.special_tokens) tokens.add(token);
  PairMerger merger(to_symbols(words, options, tokens));
  warn_of_small_vocabulary(tokens, options);
  const auto wanted = static_cast<std::size_t>(options.vocab_size);
  const std::int64_t min_count = std::max<std::int64_t>(options.min_frequency, 1);
  const auto max_length = options.max_token_length
                              ? static_cast<std::size_t>(*options.max_token_length)
                              : std::numeric_limits<std::size_t>::max();
  const std::string prefix = options.continuing_subword_prefix.value_or("");
  while (tokens.size() < wanted) {
    check_stop(options);
    const std::optional<PairMerger::Pair> pair = merger.pop(min_count);
    if (!pair) break;
    const Symbol merged = tokens.add(join(tokens[pair->left], tokens[pair->right], prefix));
    out.merges.emplace_back(pair->left, pair->right);
    merger.merge(*pair, merged, max_length);
    const auto size = static_cast<std::int64_t>(tokens.size());
    if (options.progress && size % kProgressInterval == 0) {
      options.progress("merges", size, options.vocab_size);
    }
  }
  out.merges = without_repeats(out.merges);
  return out;
}

}  // namespace hezar::tokenizers
