// Plugins that were built in each ABI epoch and kept as files: today's host runs them, or says why
// not.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <hezar/config/described.hpp>
#include <hezar/error/error.hpp>
#include <hezar/module/metric.hpp>
#include <hezar/module/preprocessor.hpp>
#include <hezar/plugin/descriptor.hpp>
#include <hezar/plugin/inspect.hpp>
#include <hezar/plugin/registrar.hpp>
#include <hezar/plugin/scan.hpp>
#include <hezar/registry/runtime.hpp>
#include <hezar/text/concat.hpp>

#include <no_plugins.hpp>

namespace hezar {

namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr std::uintmax_t kMaxBytes = 100'000;

fs::path kept(std::uint32_t epoch) {
  return fs::path(HEZAR_KEPT_PLUGINS) / text::concat("epoch_", epoch, ".so");
}

/// What the kept plugin of today's epoch registers.
std::unique_ptr<Registrar> open_current() {
  return register_plugin(kept(kAbiEpoch), [](std::string_view) {});
}

template <class T>
std::unique_ptr<T> build(const Registrar& registrar, const std::string& name,
                         const boost::json::object& config) {
  static Runtime runtime(test::no_plugins());
  for (const Registrar::Registration& one : registrar.registrations()) {
    if (one.info.name != name) continue;
    return std::get<Factory<T>>(one.factory)({config, {}, name}, BuildContext{runtime});
  }
  return nullptr;
}

class KeptPluginTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const PluginInspection file = inspect_plugin(kept(kAbiEpoch));
    // Kept files are of one machine, compiler and Boost; others rightly refuse them.
    if (file.status == PluginStatus::kIncompatible) GTEST_SKIP() << file.reason;
    ASSERT_EQ(to_string(file.status), "available") << file.reason;
  }
};

TEST(KeptPluginsTest, ThereIsOneForEachEpoch) {
  for (std::uint32_t epoch = 1; epoch <= kAbiEpoch; ++epoch) {
    EXPECT_TRUE(fs::exists(kept(epoch))) << kept(epoch) << ": run tests/abi/make_kept_plugin.sh";
    std::error_code absent;
    EXPECT_LT(fs::file_size(kept(epoch), absent), kMaxBytes);
  }
}

TEST(KeptPluginsTest, OlderEpochsAreRefusedWithTheirLine) {
#if !defined(__x86_64__)
  GTEST_SKIP() << "kept plugins are of x86-64";
#endif
  for (std::uint32_t epoch = 1; epoch < kAbiEpoch; ++epoch) {
    const PluginInspection file = inspect_plugin(kept(epoch));
    EXPECT_EQ(to_string(file.status), "incompatible");
    EXPECT_EQ(file.reason, text::concat("built for ABI epoch ", epoch, " of hezar, this host has ",
                                        kAbiEpoch, ". Rebuild it against this hezar"));
    EXPECT_EQ(to_string(scan_plugin(kept(epoch), [](std::string_view) {}).status), "incompatible");
  }
}

TEST_F(KeptPluginTest, RegistersWhatItDid) {
  const auto registrar = open_current();
  ASSERT_EQ(registrar->registrations().size(), 2U);
  const ModuleInfo& metric = registrar->registrations()[0].info;
  EXPECT_EQ(metric.name, "kept_metric");
  EXPECT_EQ(metric.plugin, "kept");
  EXPECT_EQ(metric.fields.at(1).at("doc"), "Name of the figure.");
}

TEST_F(KeptPluginTest, ComputesThroughItsVirtualFunctions) {
  const auto registrar = open_current();
  const auto metric = build<Metric>(*registrar, "kept_metric", {{"scale", 10}, {"other", 7}});
  ASSERT_NE(metric, nullptr);
  const MetricValues values = metric->compute(Integers{1, 2, 3, 4}, Integers{1, 2, 0, 0}, {});
  ASSERT_EQ(values.size(), 1U);
  EXPECT_EQ(values[0].first, "share");
  EXPECT_EQ(std::get<double>(values[0].second), 5.0);
  EXPECT_EQ(metric->objective(), Objective::kMaximize);
  EXPECT_EQ(metric->layout().config_filename, "metric_config.yaml");
  EXPECT_EQ(metric->config().at("other"), 7) << "a key of a file that it has no field for";
}

TEST_F(KeptPluginTest, ItsErrorsAndTheHostsCross) {
  const auto registrar = open_current();
  const auto metric = build<Metric>(*registrar, "kept_metric", {});
  try {
    static_cast<void>(metric->compute(Integers{1}, Integers{}, {}));
    FAIL() << "expected an error";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ErrorCode::kValue);
    EXPECT_THAT(e.what(), HasSubstr("kept_metric: expected lists of equal length"));
  }
  EXPECT_THROW(static_cast<void>(build<Metric>(*registrar, "kept_metric", {{"scale", "much"}})),
               Error);
}

TEST_F(KeptPluginTest, IsFoundByItsInterfaceAndSaves) {
  const auto registrar = open_current();
  const auto module = build<Preprocessor>(*registrar, "kept_normalizer", {{"ending", "؟"}});
  ASSERT_NE(module, nullptr);
  TextNormalizer* normalizer = module->as<TextNormalizer>();
  ASSERT_NE(normalizer, nullptr);
  EXPECT_EQ(normalizer->normalize({"سلام", ""}, {}), (Strings{"سلام؟", "؟"}));
  const Inputs processed = module->process({{"inputs", Strings{"a"}}}, {});
  EXPECT_EQ(processed.strings("inputs"), Strings{"a؟"});
  const fs::path folder = fs::temp_directory_path() / text::concat("hezar-kept-", ::getpid());
  module->save(folder);
  EXPECT_TRUE(fs::exists(folder / "preprocessor" / "normalizer_config.yaml"));
  fs::remove_all(folder);
}

}  // namespace

}  // namespace hezar
