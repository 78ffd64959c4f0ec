// The suite over a plugin without fault, which brings every check to run; also under sanitizers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <hezar/testing/conformance.hpp>

namespace hezar::testing {

namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

TEST(ConformanceTest, ItsPageTellsEachCheck) {
  std::ifstream in(HEZAR_TEST_PAGE);
  const std::string page(std::istreambuf_iterator<char>(in), {});
  for (const CheckDescription& check : list_checks()) {
    const std::string line = "| `" + std::string(check.id) + "` | " + std::string(check.summary);
    EXPECT_THAT(page, HasSubstr(line + " |\n"));
  }
}

TEST(ConformanceTest, PassesAPluginWithoutFault) {
  CheckOptions options;
  options.file = fs::path(HEZAR_TEST_PLUGINS) / "no_fault.so";
  const std::vector<CheckResult> results = run_checks(options);
  EXPECT_TRUE(passed(results));
  std::map<std::string, int> seen;
  for (const CheckResult& result : results) {
    ++seen[result.id];
    if (result.id == "load.time") continue;  // a busy machine is warned of
    EXPECT_EQ(to_string(result.status), "success") << result.id << ": " << result.message;
  }
  for (const CheckDescription& check : list_checks()) {
    if (check.level == "golden") continue;
    EXPECT_GT(seen[std::string(check.id)], 0) << check.id;
  }
}

}  // namespace

}  // namespace hezar::testing
