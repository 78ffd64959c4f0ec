#include <gmock/gmock.h>
#include <boost/json.hpp>

#include <fake_repo.hpp>

namespace hezar::test {

namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(PredictCommandTest, PrintsOneJsonDocumentWithAnEntryAnInput) {
  const FakeRepo repo;
  const RunResult result = run_fake({"predict", repo.model(), "abc", "سلام دنیا", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(boost::json::serialize(boost::json::parse(result.out)),
            R"([[{"label":"short","score":8.129E-1}],[{"label":"long","score":8.129E-1}]])");
  EXPECT_THAT(result.out, HasSubstr("\"score\": 0.8129"));
  EXPECT_THAT(result.err, IsEmpty());
}

TEST(PredictCommandTest, PrintsALineOfJsonAnInput) {
  const FakeRepo repo;
  const RunResult result = run_fake({"predict", repo.model(), "abc", "b", "--jsonl"});
  EXPECT_EQ(
      result.out,
      "[{\"label\": \"short\", \"score\": 0.8129}]\n[{\"label\": \"short\", \"score\": 0.8129}]\n");
}

TEST(PredictCommandTest, LeavesRightToLeftTextAsItIsWhenNoTerminalReads) {
  const FakeRepo repo;
  const std::string text = "کتاب‌ها «خیلی» خوب بودند، ۱۲۳ abc";
  const RunResult result = run_fake({"predict", repo.model(), text});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr(text + "  long   0.8129\n"));
  EXPECT_THAT(result.out, Not(HasSubstr("\u2068")));
}

TEST(PredictCommandTest, TakesTextsThatLookLikeSyntax) {
  const FakeRepo repo;
  const std::vector<std::string> texts = {"[MASK] a, b]", "[a,b]",  "++",  "list", "",
                                          "-5",           "--json", "{x}", "%%"};
  std::vector<std::string> arguments = {"predict", repo.model(), "--jsonl", "--"};
  arguments.insert(arguments.end(), texts.begin(), texts.end());
  const RunResult result = run_fake(arguments);
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(static_cast<std::size_t>(std::count(result.out.begin(), result.out.end(), '\n')),
            texts.size());
}

TEST(PredictCommandTest, SharesSetOutBetweenOptionsAndConfigFields) {
  const FakeRepo repo;
  const RunResult result =
      run_fake({"predict", repo.model(), "abc", "--set", "top_k=2", "--set", "limit=2", "--jsonl"});
  EXPECT_EQ(
      result.out,
      "[{\"label\": \"long\", \"score\": 0.8129}, {\"label\": \"short\", \"score\": 0.1871}]\n");
}

TEST(PredictCommandTest, NamesTheNearestWhenSetHasAnUnknownKey) {
  const FakeRepo repo;
  const RunResult result = run_fake({"predict", repo.model(), "abc", "--set", "topk=2"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("got \"topk\". Nearest: top_k"));
  const RunResult value = run_fake({"predict", repo.model(), "abc", "--set", "limit=many"});
  EXPECT_EQ(value.exit_code, 1);
  EXPECT_THAT(value.err, HasSubstr("limit"));
}

TEST(PredictCommandTest, ExitsWithOneWhenTheModelIsNotThere) {
  const FakeRepo repo;
  const RunResult missing = run_fake({"predict", repo.path("nowhere"), "abc"});
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_THAT(missing.err, HasSubstr("nowhere"));
  const RunResult empty = run_fake({"predict", repo.path("."), "abc"});
  EXPECT_EQ(empty.exit_code, 1);
  EXPECT_THAT(empty.err, HasSubstr("model_config.yaml"));
}

TEST(PredictCommandTest, TellsWhichInputsAModelRefused) {
  const FakeRepo repo;
  const RunResult result = run_fake({"predict", repo.model(), "abc", "bad"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("input 1 to 2: length: expected another text"));
}

TEST(PredictCommandTest, SkipsOnlyTheInputsThatAModelRefused) {
  const FakeRepo repo;
  const RunResult result =
      run_fake({"predict", repo.model(), "a", "b", "bad", "c", "--on-error", "skip", "--jsonl"});
  EXPECT_EQ(result.exit_code, 0);
  const std::string good = "[{\"label\": \"short\", \"score\": 0.8129}]\n";
  EXPECT_EQ(result.out, good + good + "null\n" + good);
  EXPECT_THAT(result.err, HasSubstr("input 3: length: expected another text"));
  EXPECT_THAT(result.err, HasSubstr("predict: skipped 1 of 4 inputs"));
  const RunResult all = run_fake({"predict", repo.model(), "bad", "--on-error", "skip"});
  EXPECT_EQ(all.exit_code, 1);
}

TEST(PredictCommandTest, RefusesArgumentsThatAreNoUtf8) {
  const FakeRepo repo;
  const RunResult result = run_fake({"predict", repo.model(), "abc", "a\xFFz"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("input 2: expected UTF-8"));
}

}  // namespace

}  // namespace hezar::test
