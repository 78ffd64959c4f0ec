#pragma once

#include <array>
#include <string>
#include <string_view>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include <hezar/config/described.hpp>
#include <hezar/module/options.hpp>
#include <hezar/module/preprocessor.hpp>

struct MyPluginConfig : hezar::PreprocessorConfig {
  static constexpr std::string_view kName = "my_plugin";
  bool persian_letters = true;
  bool join_spaces = true;
  static constexpr std::array kFields = {
      hezar::Field("persian_letters", "Write the Arabic yeh and kaf as the Persian ones."),
      hezar::Field("join_spaces", "Make one space of several, and none at the ends."),
  };
};
BOOST_DESCRIBE_STRUCT(MyPluginConfig, (hezar::PreprocessorConfig), (persian_letters, join_spaces))

/// Normalizes texts before they are tokenized.
class MyPlugin : public hezar::TextNormalizer {
 public:
  using Config = MyPluginConfig;

  MyPlugin(Config config, const hezar::BuildContext& context);

  boost::json::object config() const override { return hezar::write_config(config_); }
  hezar::Strings normalize(const hezar::Strings& texts,
                           const boost::json::object& options) const override;

 private:
  Config config_;
};
