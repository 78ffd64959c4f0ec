#include <hezar/registry/builders.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/error/error.hpp>
#include <hezar/module/metric.hpp>
#include <hezar/module/model.hpp>
#include <hezar/registry/runtime.hpp>

#include <core/module/fake_models.hpp>
#include <no_plugins.hpp>

namespace hezar::test {
namespace {

using testing::HasSubstr;

class BuildersTest : public testing::Test {
 protected:
  BuildersTest() {
    options_.runtime = &runtime_;
    ModuleInfo info;
    info.name = "bert_mask_filling";
    info.plugin = "fakes";
    runtime_.models().add(info, [this](const ConfigValues& values, const BuildContext& context) {
      origin_ = values.origin;
      return std::make_unique<CountingModel>(
          read_config<CountingConfig>({values.file, values.overrides, "x"}), context);
    });
  }

  Runtime runtime_{no_plugins()};
  BuildOptions options_;
  std::string origin_;
};

TEST_F(BuildersTest, PutsOverridesBeforeConfigBeforeDefaults) {
  const auto width = [&](const boost::json::object& config, const boost::json::object& overrides) {
    return build_model("bert_mask_filling", config, overrides, options_)
        ->config()
        .at("width")
        .as_int64();
  };
  EXPECT_EQ(width({}, {}), 3);
  EXPECT_EQ(width({{"width", 4}}, {}), 4);
  EXPECT_EQ(width({{"width", 4}}, {{"width", 5}}), 5);
}

TEST_F(BuildersTest, TakesTheSpellingsOfTheGuide) {
  EXPECT_NE(build_model("bert_lm", {}, {}, options_), nullptr);
  EXPECT_EQ(origin_, "bert_mask_filling");
}

TEST_F(BuildersTest, ListsWhatThereIsForAnUnknownName) {
  try {
    static_cast<void>(build_metric("accuracy", {}, {}, options_));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kKey);
    EXPECT_THAT(error.what(),
                HasSubstr("metric registry: expected the name of a metric, got \"accuracy\""));
    EXPECT_THAT(error.what(), HasSubstr("The plugin metrics would provide it"));
  }
}

}  // namespace
}  // namespace hezar::test
