#include <gmock/gmock.h>
#include <boost/json.hpp>

#include <fake_repo.hpp>

namespace hezar::test {

namespace {

using ::testing::HasSubstr;

TEST(ConfigCommandTest, AcceptsAGoodFile) {
  const FakeRepo repo;
  const RunResult result = run_fake({"config", "validate", repo.path("repo/model_config.yaml")});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("a valid model config of length_text_classification"));
}

TEST(ConfigCommandTest, ListsEverythingThatIsWrong) {
  const FakeRepo repo;
  const std::string file = repo.write("bad.yaml",
                                      "name: length_text_classification\nconfig_type: model\n"
                                      "limit: 0\nunit: words\nscale: fast\nlimits: 3\n");
  const RunResult result = run_fake({"config", "validate", file});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("limit: expected at least 1, got 0"));
  EXPECT_THAT(result.err, HasSubstr("unit: expected one of bytes, letters, got \"words\""));
  EXPECT_THAT(result.err, HasSubstr("scale: expected a number, got \"fast\""));
  EXPECT_THAT(result.err, HasSubstr("limits: no field of length_text_classification"));
  EXPECT_THAT(result.err, HasSubstr("Nearest: limit"));
  const RunResult json = run_fake({"config", "validate", file, "--json"});
  EXPECT_EQ(json.exit_code, 1);
  const boost::json::object document = boost::json::parse(json.out).as_object();
  EXPECT_FALSE(document.at("valid").as_bool());
  EXPECT_EQ(document.at("errors").as_array().size(), 3U);
  EXPECT_EQ(document.at("warnings").as_array().size(), 1U);
}

TEST(ConfigCommandTest, ShowsDefaultsOfWhatAFileLeavesOut) {
  const FakeRepo repo;
  const RunResult yaml = run_fake({"config", "show", repo.path("repo/model_config.yaml")});
  ASSERT_EQ(yaml.exit_code, 0) << yaml.err;
  EXPECT_THAT(yaml.out, HasSubstr("limit: 10\nunit: bytes\n"));
  const RunResult json =
      run_fake({"config", "show", repo.path("repo/model_config.yaml"), "--json"});
  EXPECT_EQ(boost::json::parse(json.out).as_object().at("unit").as_string(), "bytes");
}

TEST(ConfigCommandTest, NamesTheNearestModuleWhenTheNameIsUnknown) {
  const FakeRepo repo;
  const std::string file =
      repo.write("bad.yaml", "name: length_text_clasification\nconfig_type: model\n");
  const RunResult result = run_fake({"config", "validate", file});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("bad.yaml"));
  EXPECT_THAT(result.err, HasSubstr("length_text_classification"));
}

TEST(ConfigCommandTest, FailsWhenTheFileIsNoMapping) {
  const FakeRepo repo;
  for (const char* content : {"- a\n- b\n", "", "just text\n", "a: [1\n"}) {
    const RunResult result = run_fake({"config", "show", repo.write("bad.yaml", content)});
    EXPECT_EQ(result.exit_code, 1) << content;
    EXPECT_THAT(result.err, HasSubstr("bad.yaml")) << content;
  }
  EXPECT_EQ(run_fake({"config", "show", repo.path("absent.yaml")}).exit_code, 1);
}

}  // namespace

}  // namespace hezar::test
