#include <gmock/gmock.h>

#include <bad_plugins/plugin_fixture.hpp>

namespace hezar::test {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(PluginTest, OpensWhatAPluginNeedsBeforeIt) {
  copy("needs_needs_good");
  copy("needs_good");
  copy("good");
  const auto runtime = start();
  EXPECT_THAT(runtime->plugins().needs("needs_needs_good"), ElementsAre("needs_good", "good"));
  EXPECT_EQ(open_error(*runtime, "needs_needs_good"), "");
  EXPECT_EQ(find(*runtime, "needs_good").status, PluginStatus::kLoaded);
  EXPECT_EQ(find(*runtime, "good").status, PluginStatus::kLoaded);
}

TEST_F(PluginTest, NamesThePluginThatIsNotThere) {
  copy("needs_needs_good");
  copy("needs_good");
  const auto runtime = start();
  const PluginInfo direct = find(*runtime, "needs_good");
  EXPECT_EQ(direct.status, PluginStatus::kMissingDependency);
  EXPECT_EQ(direct.reason,
            "needs_good.so: needs the plugin good, which was not found. Install it: hezar plugin "
            "install good.so");
  EXPECT_THAT(find(*runtime, "needs_needs_good").reason,
              HasSubstr("needs the plugin needs_good, which cannot be used: needs_good.so: needs"));
  EXPECT_THAT(open_error(*runtime, "needs_good"), HasSubstr("needs the plugin good"));
}

TEST_F(PluginTest, SaysWhyWhatAPluginNeedsCannotBeOpened) {
  copy("needs_crashing");
  copy("crashes_opening");
  copy("good");
  const auto runtime = start();
  EXPECT_EQ(find(*runtime, "needs_crashing").status, PluginStatus::kAvailable);
  EXPECT_THAT(open_error(*runtime, "needs_crashing"),
              HasSubstr("needs the plugin crashes_opening, which cannot be used: "
                        "crashes_opening.so: crashed with SIGSEGV"));
  expect_good_works(*runtime);
}

TEST_F(PluginTest, RefusesPluginsThatNeedThemselves) {
  for (const char* name : {"circle_a", "circle_b", "circle_c", "needs_circle", "good"}) copy(name);
  const auto runtime = start();
  for (const char* name : {"circle_a", "circle_b", "circle_c"}) {
    const PluginInfo info = find(*runtime, name);
    EXPECT_EQ(info.status, PluginStatus::kConflict) << name;
    EXPECT_EQ(info.reason, std::string(name) +
                               ".so: needs itself: circle_a needs circle_b needs circle_c needs "
                               "circle_a. Tell its author, or remove it");
  }
  EXPECT_THAT(find(*runtime, "needs_circle").reason,
              HasSubstr("needs the plugin circle_b, which cannot be used: circle_b.so: needs "
                        "itself"));
  expect_good_works(*runtime);
}

TEST_F(PluginTest, RefusesADamagedListOfNeeds) {
  copy("good");
  const std::string whole = read(built("needs_good"));
  for (const char* damaged : {"[\"goo/\"]", "[\"good\" ", "{\"good\":", "[\"Good\"]"}) {
    std::string changed = whole;
    const std::size_t at = changed.rfind("[\"good\"]");
    ASSERT_NE(at, std::string::npos);
    changed.replace(at, 8, damaged);
    write(plugins_ / "needs_good.so", changed);
    const auto runtime = start();
    EXPECT_EQ(find(*runtime, "needs_good").status, PluginStatus::kMalformed) << damaged;
    EXPECT_THAT(find(*runtime, "needs_good").reason,
                HasSubstr("its list of needs is damaged: expected a JSON array of names of "
                          "plugins"));
    expect_good_works(*runtime);
  }
}

}  // namespace

}  // namespace hezar::test
