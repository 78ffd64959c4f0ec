#include <my_plugin.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <hezar/error/error.hpp>

namespace {

/// Writes the direction of a word; of a word of less than two bytes, by that alone.
void write_vector(std::string_view word, std::span<float> out) {
  std::fill(out.begin(), out.end(), 0.0F);
  const std::string bounded = "<" + std::string(word) + ">";
  for (std::size_t i = 0; i + 1 < bounded.size(); ++i) {
    const std::size_t pair =
        static_cast<unsigned char>(bounded[i]) * 31U + static_cast<unsigned char>(bounded[i + 1]);
    out[pair % out.size()] += 1;
  }
  double squares = 0;
  for (const float value : out) squares += value * value;
  for (float& value : out) value /= static_cast<float>(std::sqrt(squares));
}

}  // namespace

MyPlugin::MyPlugin(Config config, const hezar::BuildContext& /*context*/)
    : config_(std::move(config)) {
  build_vectors();
}

void MyPlugin::build_vectors() {
  const auto count = static_cast<std::int64_t>(config_.words.size());
  vectors_ = hezar::Tensor::zeros({count, config_.dim}, hezar::DType::kFloat32);
  const auto dim = static_cast<std::size_t>(config_.dim);
  index_.clear();
  for (std::size_t i = 0; i < config_.words.size(); ++i) {
    if (!index_.emplace(config_.words[i], static_cast<std::int64_t>(i)).second) {
      throw hezar::expected_error(hezar::ErrorCode::kConfig, "my_plugin: words", "each word once",
                                  "\"" + config_.words[i] + "\" twice");
    }
    write_vector(config_.words[i], vectors_.values<float>().subspan(i * dim, dim));
  }
}

std::optional<std::int64_t> MyPlugin::index_of(std::string_view word) const {
  const auto found = index_.find(word);
  if (found == index_.end()) return std::nullopt;
  return found->second;
}

std::string_view MyPlugin::word_at(std::int64_t index) const {
  const auto count = static_cast<std::int64_t>(config_.words.size());
  if (index < 0 || index >= count) {
    throw hezar::expected_error(hezar::ErrorCode::kValue, "my_plugin: index of a word",
                                "0 to " + std::to_string(count - 1), std::to_string(index));
  }
  return config_.words[static_cast<std::size_t>(index)];
}

hezar::Tensor MyPlugin::vector(std::string_view word) const {
  auto out = hezar::Tensor::empty({config_.dim}, hezar::DType::kFloat32);
  write_vector(word, out.values<float>());
  return out;
}

std::vector<MyPlugin::Scored> MyPlugin::most_similar(std::string_view word,
                                                     std::int64_t top_n) const {
  const hezar::Tensor query = vector(word);
  const std::span<const float> wanted = query.values<float>();
  const auto dim = static_cast<std::size_t>(config_.dim);
  std::vector<Scored> out;
  for (std::size_t i = 0; i < config_.words.size(); ++i) {
    if (config_.words[i] == word) continue;
    const auto row = std::as_const(vectors_).values<float>().subspan(i * dim, dim);
    double cosine = 0;
    for (std::size_t at = 0; at < dim; ++at) cosine += wanted[at] * row[at];
    out.emplace_back(config_.words[i], cosine);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Scored& a, const Scored& b) { return a.second > b.second; });
  out.resize(std::min(out.size(), static_cast<std::size_t>(std::max<std::int64_t>(top_n, 0))));
  return out;
}

void MyPlugin::train(std::span<const std::vector<std::string>> sentences,
                     const hezar::PredictOptions& options) {
  std::map<std::string, std::int64_t> counts;
  for (const std::vector<std::string>& sentence : sentences) {
    if (options.stop.stop_requested()) {
      throw hezar::Error(hezar::ErrorCode::kCancelled, "my_plugin: training was stopped");
    }
    for (const std::string& word : sentence) ++counts[word];
  }
  config_.words.clear();
  for (const auto& [word, count] : counts) {
    if (count >= config_.min_count) config_.words.push_back(word);
  }
  build_vectors();
}
