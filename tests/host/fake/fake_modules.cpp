#include <fake/fake_modules.hpp>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include <hezar/error/error.hpp>

namespace hezar::test {

namespace {

void wait_until_stopped(const std::stop_token& stop) {
  std::fputs("waiting\n", stderr);
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait(lock, stop, [] { return false; });
  throw Error(ErrorCode::kCancelled, "length: stopped");
}

/// "gate:PATH": until there is such a file, so that a test can stop a run wherever it wants.
void wait_for_gate(const std::string& path, const std::stop_token& stop) {
  while (!std::filesystem::exists(path)) {
    if (stop.stop_requested()) throw Error(ErrorCode::kCancelled, "length: stopped");
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

void append_word(Encoding& encoding, std::string_view word, std::int64_t type, Span offsets) {
  encoding.tokens.emplace_back(word);
  encoding.ids.push_back(static_cast<std::int64_t>(word.size()) + 10);
  encoding.type_ids.push_back(type);
  encoding.attention_mask.push_back(1);
  encoding.offsets.push_back(offsets);
}

void append_special(Encoding& encoding, std::string_view token, std::int64_t id,
                    std::int64_t mask) {
  encoding.tokens.emplace_back(token);
  encoding.ids.push_back(id);
  encoding.type_ids.push_back(0);
  encoding.attention_mask.push_back(mask);
  encoding.offsets.push_back({});
}

void append_text(Encoding& encoding, std::string_view text, std::int64_t type, std::size_t limit) {
  std::size_t begin = 0;
  while (begin < text.size() && encoding.ids.size() < limit) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    append_word(encoding, text.substr(begin, end - begin), type,
                {static_cast<std::int64_t>(begin), static_cast<std::int64_t>(end)});
    begin = end + 1;
  }
}

}  // namespace

LengthModel::LengthModel(Config config, const BuildContext& /*context*/)
    : config_(std::move(config)) {}

WeightsReport LengthModel::load_weights(const StateDict& /*weights*/,
                                        const LoadOptions& /*options*/) {
  return {};
}

Inputs LengthModel::preprocess(const Inputs& raw, const PredictOptions& options) const {
  Integers lengths;
  for (const std::string& text : raw.strings(kRawInputs)) {
    if (text == "bad") throw Error(ErrorCode::kValue, "length: expected another text, got \"bad\"");
    if (text == "wait") wait_until_stopped(options.stop);
    if (text.starts_with("gate:")) wait_for_gate(text.substr(5), options.stop);
    lengths.push_back(static_cast<std::int64_t>(text.size()));
  }
  const auto rows = static_cast<std::int64_t>(lengths.size());
  return {{"lengths", Tensor::of(lengths, {rows})}};
}

Outputs LengthModel::forward(const Inputs& inputs, const PredictOptions& /*options*/) const {
  return {{"logits", inputs.tensor("lengths")}, {"names", Strings{"not", "a", "tensor"}}};
}

Predictions LengthModel::post_process(const Inputs& /*inputs*/, const Outputs& outputs,
                                      const PredictOptions& options) const {
  const auto wanted = read_options<Options>(options.task, "predict");
  Predictions out;
  for (const std::int64_t length : outputs.tensor("logits").values<std::int64_t>()) {
    const bool is_long = length > config_.limit;
    std::vector<TextClassification> labels = {{is_long ? "long" : "short", 0.8129},
                                              {is_long ? "short" : "long", 0.1871}};
    labels.resize(static_cast<std::size_t>(std::clamp<std::int64_t>(wanted.top_k, 1, 2)));
    out.emplace_back(std::move(labels));
  }
  return out;
}

SpaceTokenizer::SpaceTokenizer(Config config, const BuildContext& /*context*/)
    : config_(std::move(config)) {}

std::vector<Encoding> SpaceTokenizer::encode_batch(std::span<const TokenizerInput> inputs,
                                                   const EncodeOptions& options) const {
  const auto limit = options.max_length > 0 ? static_cast<std::size_t>(options.max_length) : 1000;
  std::vector<Encoding> out;
  std::size_t longest = 0;
  for (const TokenizerInput& input : inputs) {
    Encoding& encoding = out.emplace_back();
    if (options.add_special_tokens) append_special(encoding, "<s>", 1, 1);
    append_text(encoding, input.text, 0, limit);
    if (input.pair) append_text(encoding, *input.pair, 1, limit);
    if (options.add_special_tokens) append_special(encoding, "</s>", 2, 1);
    longest = std::max(longest, encoding.ids.size());
  }
  const std::size_t length = options.padding == Padding::kMaxLength ? limit : longest;
  for (Encoding& encoding : out) {
    while (options.padding != Padding::kNone && encoding.ids.size() < length) {
      append_special(encoding, "<pad>", 0, 0);
    }
  }
  return out;
}

Strings SpaceTokenizer::decode_batch(std::span<const Integers> rows,
                                     bool skip_special_tokens) const {
  Strings out;
  for (const Integers& row : rows) {
    std::string text;
    for (const std::int64_t id : row) {
      if (skip_special_tokens && id < 10) continue;
      if (!text.empty()) text.push_back(' ');
      text.append(id_to_token(id).value_or("?"));
    }
    out.push_back(std::move(text));
  }
  return out;
}

std::optional<std::int64_t> SpaceTokenizer::token_to_id(std::string_view token) const {
  return static_cast<std::int64_t>(token.size()) + 10;
}

std::optional<std::string> SpaceTokenizer::id_to_token(std::int64_t id) const {
  if (id < 0) return std::nullopt;
  return id < 10 ? "<s>" : std::string(static_cast<std::size_t>(id - 10), 'x');
}

std::int64_t SpaceTokenizer::vocab_size(bool /*with_added_tokens*/) const {
  return 100;
}

std::vector<SpecialToken> SpaceTokenizer::special_tokens() const {
  return {{"pad", "<pad>", 0}};
}

UpperNormalizer::UpperNormalizer(Config config, const BuildContext& /*context*/)
    : config_(std::move(config)) {}

Strings UpperNormalizer::normalize(const Strings& texts,
                                   const boost::json::object& /*options*/) const {
  Strings out = texts;
  for (std::string& text : out) {
    for (char& c : text) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
  }
  return out;
}

}  // namespace hezar::test
