#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <fake_repo.hpp>
#include <process.hpp>

namespace hezar::test {

namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;

TEST(ConvertTest, WritesARepoThatPredictsTheSame) {
  const FakeRepo repo;
  const RunResult done = run_fake({"convert", repo.model(), repo.path("new/out/")});
  ASSERT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("out/: length_text_classification, fp32, "));
  const std::vector<std::string> predict = {"predict", repo.model(), "a text", "--json"};
  std::vector<std::string> again = predict;
  again[1] = repo.path("new/out");
  EXPECT_EQ(run_fake(again).out, run_fake(predict).out);
  EXPECT_TRUE(fs::exists(repo.path("new/out/preprocessor/tokenizer_config.yaml")));
}

TEST(ConvertTest, LeavesWhatLiesThereAlone) {
  const FakeRepo repo;
  repo.write("file", "kept");
  fs::create_directories(repo.path("full"));
  repo.write("full/file", "kept");
  for (const char* out : {"file", "full", "repo"}) {
    const RunResult result = run_fake({"convert", repo.model(), repo.path(out)});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("expected no folder, or an empty one, got "));
  }
  EXPECT_EQ(repo.read("file"), "kept");
  EXPECT_EQ(repo.read("full/file"), "kept");
  fs::create_directories(repo.path("empty"));
  EXPECT_EQ(run_fake({"convert", repo.model(), repo.path("empty")}).exit_code, 0);
}

TEST(ConvertTest, LeavesNothingBehindWhereItFails) {
  const FakeRepo repo;
  const std::vector<std::string> before = repo.names();
  const RunResult missing = run_fake({"convert", repo.path("none"), repo.path("out")});
  EXPECT_EQ(missing.exit_code, 1);
  const RunResult packed =
      run_fake({"convert", repo.model(), repo.path("out"), "--precision", "int8"});
  EXPECT_EQ(packed.exit_code, 1);
  EXPECT_THAT(packed.err, HasSubstr("got one that has no packed form. Plain weights (fp32)"));
  const RunResult unwritable = run_fake({"convert", repo.model(), "/proc/none/out"});
  EXPECT_EQ(unwritable.exit_code, 1);
  EXPECT_THAT(unwritable.err, HasSubstr("/proc/none: expected to make this folder, got "));
  repo.write("repo/model.safetensors", "cut");
  EXPECT_EQ(run_fake({"convert", repo.model(), repo.path("out")}).exit_code, 1);
  EXPECT_EQ(repo.names(), before);
}

TEST(ConvertTest, SaysHowItIsUsed) {
  const FakeRepo repo;
  EXPECT_EQ(run_fake({"convert", repo.model()}).exit_code, 2);
  const std::vector<std::string> wrong = {"convert", repo.model(), repo.path("out"), "--precision",
                                          "int4"};
  EXPECT_EQ(run_fake(wrong).exit_code, 2);
  EXPECT_THAT(run_fake(wrong).err, HasSubstr("fp32"));
}

}  // namespace

}  // namespace hezar::test
