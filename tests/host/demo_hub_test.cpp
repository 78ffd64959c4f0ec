#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hub_fixture.hpp>

namespace hezar::test {
namespace {

using DemoHubTest = HubFixture;

TEST_F(DemoHubTest, PredictsFromTheHubAsFromTheFolder) {
  const std::string text = "کیفیت این گوشی واقعا عالی است";
  ASSERT_EQ(run_hub({"hub", "upload", HEZAR_DEMO_MODEL, "hezarai/demo"}).exit_code, 0);
  const RunResult local = run_hub({"predict", HEZAR_DEMO_MODEL, text, "--json"});
  ASSERT_EQ(local.exit_code, 0) << local.err;
  EXPECT_EQ(run_hub({"predict", "hezarai/demo", text, "--json"}).out, local.out);  // empty cache
  EXPECT_EQ(run_hub({"predict", "hezarai/demo", text, "--json"}).out, local.out);  // warm
  hub_.clear_log();
  EXPECT_EQ(run_hub({"predict", "hezarai/demo", text, "--json", "--offline"}).out, local.out);
  EXPECT_EQ(hub_.count(""), 0U);
}

}  // namespace
}  // namespace hezar::test
