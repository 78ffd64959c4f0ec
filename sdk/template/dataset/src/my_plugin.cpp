#include <my_plugin.hpp>

#include <algorithm>
#include <utility>

#include <hezar/error/error.hpp>

hezar::Inputs MyPluginCollator::collate(std::span<const hezar::Columns> rows) const {
  std::int64_t length = 0;
  for (const hezar::Columns& row : rows) length = std::max(length, row.tensor("token_ids").numel());
  const auto count = static_cast<std::int64_t>(rows.size());
  auto ids = hezar::Tensor::zeros({count, length}, hezar::DType::kInt64);
  auto mask = hezar::Tensor::zeros({count, length}, hezar::DType::kInt64);
  hezar::Integers labels;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::span<const std::int64_t> row = rows[i].tensor("token_ids").values<std::int64_t>();
    const std::size_t begin = i * static_cast<std::size_t>(length);
    std::copy(row.begin(), row.end(), ids.values<std::int64_t>().subspan(begin).begin());
    std::fill_n(mask.values<std::int64_t>().subspan(begin).begin(), row.size(), 1);
    labels.push_back(rows[i].tensor("labels").values<std::int64_t>().front());
  }
  return {
      {"token_ids", ids}, {"attention_mask", mask}, {"labels", hezar::Tensor::of(labels, {count})}};
}

MyPlugin::MyPlugin(Config config, const hezar::BuildContext& /*context*/)
    : config_(std::move(config)) {
  if (config_.texts.size() == config_.labels.size()) return;
  throw hezar::expected_error(hezar::ErrorCode::kConfig, "my_plugin: labels",
                              "one for each of " + std::to_string(config_.texts.size()) + " texts",
                              std::to_string(config_.labels.size()));
}

std::int64_t MyPlugin::size() const {
  const auto all = static_cast<std::int64_t>(config_.texts.size());
  return config_.max_size == 0 ? all : std::min(all, config_.max_size);
}

hezar::Columns MyPlugin::row(std::int64_t index) const {
  if (index < 0 || index >= size()) {
    throw hezar::expected_error(hezar::ErrorCode::kValue, "my_plugin: row",
                                "0 to " + std::to_string(size() - 1), std::to_string(index));
  }
  const auto at = static_cast<std::size_t>(index);
  hezar::Integers ids;
  for (const char c : config_.texts[at]) ids.push_back(static_cast<unsigned char>(c) + 1);
  const auto length = static_cast<std::int64_t>(ids.size());
  return {{"token_ids", hezar::Tensor::of(ids, {length})},
          {"labels", hezar::Tensor::of(hezar::Integers{config_.labels[at]}, {})}};
}

std::map<std::int64_t, std::string> MyPlugin::id2label() const {
  return {{0, "negative"}, {1, "positive"}};
}
