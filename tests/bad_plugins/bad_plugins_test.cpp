#include <gmock/gmock.h>

#include <vector>

#include <bad_plugins/plugin_fixture.hpp>

namespace hezar::test {

namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Misbehaviour {
  const char* plugin;
  PluginStatus status;
  const char* reason;  // after "<file>: "
};

class MisbehavingPluginTest : public PluginTest,
                              public ::testing::WithParamInterface<Misbehaviour> {};

TEST_P(MisbehavingPluginTest, EndsInItsOwnLineAndTheOthersWork) {
  const Misbehaviour& row = GetParam();
  copy(row.plugin);
  copy("good");
  if (row.status == PluginStatus::kTimedOut) {
    expect_good_works(*start());  // proven before the limit becomes short
    timeout_.set("400");
  }
  const auto runtime = start();
  runtime->plugins().prove_all();
  const PluginInfo info = find(*runtime, row.plugin);
  EXPECT_EQ(to_string(info.status), to_string(row.status));
  EXPECT_THAT(info.reason, StartsWith(std::string(row.plugin) + ".so: "));
  EXPECT_THAT(info.reason, HasSubstr(row.reason));
  EXPECT_THAT(open_error(*runtime, row.plugin), HasSubstr(row.reason));
  EXPECT_FALSE(runtime->metrics().find("other_metric").has_value());
  expect_good_works(*runtime);

  const auto again = start();
  EXPECT_EQ(to_string(find(*again, row.plugin).status), to_string(row.status))
      << "the verdict is remembered without opening the plugin again";
  EXPECT_FALSE(again->metrics().find("bad_metric").has_value());
}

INSTANTIATE_TEST_SUITE_P(
    All, MisbehavingPluginTest,
    ::testing::Values(
        Misbehaviour{"crashes_opening", PluginStatus::kCrashed,
                     "crashed with SIGSEGV while it was opened"},
        Misbehaviour{"crashes_registering", PluginStatus::kCrashed,
                     "crashed with SIGSEGV while it registered its modules"},
        Misbehaviour{"aborts", PluginStatus::kCrashed, "crashed with SIGABRT while it was opened"},
        Misbehaviour{"hangs_opening", PluginStatus::kTimedOut,
                     "did not come back within 400 ms while it was opened"},
        Misbehaviour{"hangs_registering", PluginStatus::kTimedOut,
                     "did not come back within 400 ms while it registered its modules"},
        Misbehaviour{"exits", PluginStatus::kExited,
                     "ended the process with exit code 0 while it was opened"},
        Misbehaviour{"quits", PluginStatus::kExited,
                     "ended the process with exit code 7 while it was opened"},
        Misbehaviour{"throws_registering", PluginStatus::kFailed,
                     "reported an error while it registered its modules: thrown late"},
        Misbehaviour{"throws_a_number", PluginStatus::kFailed,
                     "threw something that is no std::exception"},
        Misbehaviour{"registers_twice", PluginStatus::kConflict,
                     "expected each name to be registered once, got metric \"bad_metric\" twice"},
        Misbehaviour{"hides_conflict", PluginStatus::kConflict,
                     "expected each name to be registered once, got metric \"bad_metric\" twice"},
        Misbehaviour{"half_list", PluginStatus::kFailed, "the other half is missing"},
        Misbehaviour{"malformed_name", PluginStatus::kConflict,
                     "expected a module name of a-z, 0-9 and _, at most 63 bytes, got "
                     "\"Bad Metric\""},
        Misbehaviour{"registers_another", PluginStatus::kConflict,
                     "its file lists metric \"bad_metric\", which it does not register"},
        Misbehaviour{"registers_more", PluginStatus::kConflict,
                     "registers metric \"other_metric\", which its file does not list"},
        Misbehaviour{"registers_nothing", PluginStatus::kConflict,
                     "its file lists metric \"bad_metric\", which it does not register"},
        Misbehaviour{"needs_companion", PluginStatus::kMissingDependency,
                     "needs libhezar_test_companion.so, which was not found (looked in "},
        Misbehaviour{"without_entry", PluginStatus::kMalformed,
                     "has no hezar_plugin_register_v1 to call"}),
    [](const auto& row) {
      std::string name;
      bool upper = true;
      for (const char c : std::string(row.param.plugin)) {
        if (c != '_') name += upper ? static_cast<char>(c - 'a' + 'A') : c;
        upper = c == '_';
      }
      return name;
    });

TEST_F(PluginTest, NamesTheSymbolThatALibraryLacks) {
  copy("needs_companion");
  copy("good");
  copy_companion("older");
  const auto runtime = start();
  runtime->plugins().prove_all();
  const PluginInfo info = find(*runtime, "needs_companion");
  EXPECT_EQ(to_string(info.status), "unresolved-symbol");
  EXPECT_THAT(info.reason,
              StartsWith("needs_companion.so: needs the symbol "
                         "hezar::test::since_the_current_version(int), which neither"));
  expect_good_works(*runtime);
  copy_companion("current");
  EXPECT_EQ(open_error(*start(), "needs_companion"), "") << "the verdict must clear itself";
}

// An exception that leaves a constructor ends the child or reaches it, as the C library likes.
TEST_F(PluginTest, TellsOfAnExceptionThatLeavesAConstructor) {
  copy("throws_opening");
  copy("good");
  const auto runtime = start();
  EXPECT_THAT(open_error(*runtime, "throws_opening"), HasSubstr("thrown early"));
  const PluginStatus status = find(*runtime, "throws_opening").status;
  EXPECT_TRUE(status == PluginStatus::kCrashed || status == PluginStatus::kFailed)
      << to_string(status);
  expect_good_works(*runtime);
}

TEST_F(PluginTest, KeepsWhatAPluginPrintsAwayFromStdout) {
  copy("prints");
  copy("good");
  ::testing::internal::CaptureStdout();
  const auto runtime = start();
  const std::string error = open_error(*runtime, "prints");
  expect_good_works(*runtime);
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(error, "");
  const PluginInfo info = find(*runtime, "prints");
  EXPECT_EQ(info.status, PluginStatus::kLoaded);
  EXPECT_THAT(info.warning, HasSubstr("prints.so: writes while it is opened (\"hello from a "
                                      "constructor hello from the entry\")"));
}

TEST_F(PluginTest, KeepsLittleOfWhatAPluginPrintsWithoutEnd) {
  copy("floods");
  const auto runtime = start();
  runtime->plugins().prove_all();
  EXPECT_LT(find(*runtime, "floods").warning.size(), 1000U);
  EXPECT_THAT(find(*runtime, "floods").warning, HasSubstr("a line of many a line of many"));
}

TEST_F(PluginTest, NamesBothPluginsWhenTwoOfferAName) {
  copy("prints");
  copy("registers_more");  // both lists hold bad_metric
  copy("good");
  const auto runtime = start();
  try {
    (void)runtime->metrics().find("bad_metric");
    FAIL() << "expected an error";
  } catch (const Error& e) {
    EXPECT_THAT(e.what(), HasSubstr("prints:bad_metric"));
    EXPECT_THAT(e.what(), HasSubstr("registers_more:bad_metric"));
  }
  const BuildContext context{*runtime};
  EXPECT_NE(runtime->build<Metric>("prints:bad_metric", {}, context), nullptr);
  expect_good_works(*runtime);
}

TEST_F(PluginTest, SaysWhyAModuleIsAbsentWhenItsPluginIsBroken) {
  copy("crashes_opening");
  start()->plugins().prove_all();
  const auto runtime = start();
  try {
    (void)runtime->info(Kind::kMetric, "bad_metric");
    FAIL() << "expected an error";
  } catch (const Error& e) {
    EXPECT_THAT(e.what(), HasSubstr("crashes_opening.so: crashed with SIGSEGV"));
  }
}

}  // namespace

}  // namespace hezar::test
