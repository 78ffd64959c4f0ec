#include <gmock/gmock.h>

#include <thread>
#include <vector>

#include <bad_plugins/plugin_fixture.hpp>
#include <hezar/plugin/scan.hpp>

namespace hezar::test {

namespace {

using ::testing::HasSubstr;

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> out;
  if (!fs::exists(folder)) return out;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) out.push_back(entry.path());
  }
  return out;
}

TEST_F(PluginTest, ListsWhatTheFileSaysWithoutOpeningIt) {
  copy("good");
  const auto runtime = start();
  const PluginInfo info = find(*runtime, "good");
  EXPECT_EQ(info.name, "good");
  EXPECT_EQ(info.version, "1.2.3");
  EXPECT_EQ(info.license, "Apache-2.0");
  EXPECT_EQ(info.torch_version, "");
  ASSERT_EQ(info.modules.size(), 1U);
  EXPECT_EQ(info.modules[0].description, "A metric that works.");
  EXPECT_EQ(info.modules[0].fields.size(), 2U);
  EXPECT_EQ(runtime->info(Kind::kMetric, "good_metric").plugin, "good");
  EXPECT_FALSE(runtime->metrics().find("good_metric")->factory) << "it must not be open";
  EXPECT_TRUE(files_below(root_ / "home").empty()) << "no child was needed";
  EXPECT_EQ(info.status, PluginStatus::kAvailable);
}

TEST_F(PluginTest, WritesWhatItKnowsAsJson) {
  copy("good");
  copy("no_plugin");
  const auto runtime = start();
  const boost::json::object good = find(*runtime, "good").to_json();
  EXPECT_EQ(good.at("status"), "available");
  EXPECT_EQ(good.at("reason"), nullptr);
  EXPECT_EQ(good.at("torch_version"), nullptr);
  EXPECT_EQ(good.at("modules").at(0).at("name"), "good_metric");
  const boost::json::object other = find(*runtime, "no_plugin").to_json();
  EXPECT_EQ(other.at("status"), "not-a-plugin");
  EXPECT_TRUE(other.at("reason").is_string());
}

TEST_F(PluginTest, AsksAPluginWithoutListInAChildOnce) {
  copy("unlisted");
  const auto first = start();
  ASSERT_EQ(find(*first, "unlisted").modules.size(), 1U);
  EXPECT_FALSE(first->metrics().find("unlisted_metric")->factory);
  EXPECT_EQ(files_below(root_ / "home/.cache/hezar/plugins").size(), 1U);
  timeout_.set("1");  // a child could not end so fast: the remembered list is used
  const auto second = start();
  EXPECT_EQ(find(*second, "unlisted").modules.size(), 1U);
  EXPECT_EQ(open_error(*second, "unlisted"), "");
}

TEST_F(PluginTest, WorksWithoutAWritableCache) {
  copy("good");
  copy("unlisted");
  write(root_ / "home/.cache", "a file in the way");
  const auto runtime = start();
  EXPECT_EQ(open_error(*runtime, "unlisted"), "");
  expect_good_works(*runtime);
}

TEST_F(PluginTest, IgnoresADamagedCache) {
  copy("unlisted");
  (void)start();
  const std::vector<fs::path> files = files_below(root_ / "home/.cache/hezar/plugins");
  ASSERT_EQ(files.size(), 1U);
  const std::string whole = read(files[0]);
  for (const std::string& damaged :
       {std::string(), std::string("{"), whole.substr(0, whole.size() / 2), std::string("[]"),
        std::string(R"({"format":1})"), std::string(100'000, '[')}) {
    write(files[0], damaged);
    EXPECT_EQ(find(*start(), "unlisted").modules.size(), 1U);
    EXPECT_EQ(read(files[0]), whole) << "and written anew";
  }
}

TEST_F(PluginTest, OpensOncePerRuntimeHoweverManyAsk) {
  copy("good");
  const auto runtime = start();
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] { EXPECT_EQ(open_error(*runtime, "good"), ""); });
  }
  threads.clear();
  expect_good_works(*runtime);
  expect_good_works(*start());
}

TEST_F(PluginTest, NamesTheNearestWhenNoPluginHasTheName) {
  copy("good");
  const auto runtime = start();
  EXPECT_FALSE(runtime->plugins().find("goood").has_value());
  try {
    runtime->plugins().open("goood");
    FAIL() << "expected an error";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ErrorCode::kKey);
    EXPECT_THAT(e.what(), HasSubstr("Nearest: good"));
  }
}

TEST_F(PluginTest, TellsStagesAndModulesOfAScanInThisProcess) {
  std::vector<std::string> stages;
  const PluginScan scan =
      scan_plugin(copy("good"), [&](std::string_view stage) { stages.emplace_back(stage); });
  EXPECT_EQ(stages, (std::vector<std::string>{"open", "register"}));
  const PluginScan again = PluginScan::from_json(scan.to_json(), "good");
  ASSERT_EQ(again.modules.size(), 1U);
  EXPECT_EQ(again.modules[0].to_json(), scan.modules[0].to_json());
  EXPECT_EQ(scan_plugin(copy("no_plugin"), [](std::string_view) {}).status,
            PluginStatus::kNotAPlugin);
}

}  // namespace

}  // namespace hezar::test
