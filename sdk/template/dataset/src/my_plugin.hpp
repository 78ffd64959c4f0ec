#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include <hezar/config/described.hpp>
#include <hezar/module/dataset.hpp>
#include <hezar/module/options.hpp>

struct MyPluginConfig : hezar::DatasetConfig {
  static constexpr std::string_view kName = "my_plugin";
  static constexpr std::string_view kTask = "text_classification";
  std::vector<std::string> texts = {"کتاب خوبی بود", "اصلا خوب نبود"};
  std::vector<std::int64_t> labels = {1, 0};
  std::int64_t max_size = 0;
  static constexpr std::array kFields = {
      hezar::Field("texts", "The rows' texts."),
      hezar::Field("labels", "The rows' classes, 0 or 1."),
      hezar::Field("max_size", "Rows to keep; 0: all.").min(0),
  };
};
BOOST_DESCRIBE_STRUCT(MyPluginConfig, (hezar::DatasetConfig), (texts, labels, max_size))

/// Pads "token_ids" with zeros to the longest row, with an "attention_mask".
class MyPluginCollator : public hezar::Collator {
 public:
  hezar::Inputs collate(std::span<const hezar::Columns> rows) const override;
};

/// A row is "token_ids" int64 [bytes], each byte + 1, and "labels" int64 [].
/// @thread row is safe for concurrent calls.
class MyPlugin : public hezar::Dataset {
 public:
  using Config = MyPluginConfig;

  MyPlugin(Config config, const hezar::BuildContext& context);

  boost::json::object config() const override { return hezar::write_config(config_); }
  std::int64_t size() const override;
  hezar::Columns row(std::int64_t index) const override;
  const hezar::Collator& collator() const override { return collator_; }
  std::map<std::int64_t, std::string> id2label() const override;

 private:
  Config config_;
  MyPluginCollator collator_;
};
