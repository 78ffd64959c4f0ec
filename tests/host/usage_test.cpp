#include <cstdlib>

#include <sys/wait.h>

#include <gmock/gmock.h>

#include <fake_repo.hpp>

namespace hezar::test {

namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct WrongUsage {
  std::vector<std::string> arguments;
  std::string told;
};

TEST(UsageTest, ExplainsAndExitsWithTwoWhenTheCommandLineIsWrong) {
  const std::vector<WrongUsage> cases = {
      {{}, "hezar: expected a verb, got nothing"},
      {{"pedict"}, "hezar: expected a verb, got \"pedict\". Nearest: predict"},
      {{"plugin"}, "plugin: expected a verb, got nothing"},
      {{"plugin", "docter"}, "plugin: expected a verb, got \"docter\". Nearest: doctor"},
      {{"list", "--jsn"}, "list: expected an option that it has, got \"--jsn\". Nearest: --json"},
      {{"predict", "x", "-سلام"}, "goes after --"},
      {{"list", "--json=yes"}, "list: --json: expected no value"},
      {{"list", "--task"}, "list: --task: expected a value, got nothing"},
      {{"list", "model5"}, "model5"},
      {{"list", "models", "more"}, "list: expected nothing more, got \"more\""},
      {{"info"}, "info: expected NAME|PATH|REPO, got nothing"},
      {{"predict", "x", "--batch-size", "many", "y"},
       "--batch-size: expected a whole number from 1 to 65536, got \"many\""},
      {{"predict", "x", "--batch-size", "0", "y"}, "from 1 to 65536, got \"0\""},
      {{"predict", "x", "--precision", "fp8", "y"},
       "--precision: expected one of auto, fp32, bf16, int8, got \"fp8\""},
      {{"predict", "x", "--device", "gpu", "y"}, "--device: "},
      {{"predict", "x", "y", "--set", "top_k"},
       "predict: --set: expected KEY=VALUE, got \"top_k\""},
      {{"predict", "x"}, "predict: expected at least one input, got none"},
      {{"predict", "x", "y", "--input", "z.txt"},
       "predict: expected inputs as arguments or --input, got both"},
      {{"--threads", "none", "list"}, "--threads: expected a whole number"},
      {{"--log-level", "loud", "list"}, "--log-level: expected one of trace, debug"},
      {{"forward", "x"}, "forward: expected --input FILE, got none"},
      {{"forward", "x", "--input", "a.txt", "--output", "b.npz"},
       "forward: expected --output FILE.safetensors, got \"b.npz\""},
      {{"tokenize", "x", "y", "--padding", "max_length"}, "expected --max-length N, got none"},
      {{"tokenize", "x", "y", "--pair", "a", "--pair", "b"},
       "tokenize: --pair: expected one for each of 1 texts, got 2"},
      {{"detokenize", "x", "one"},
       "detokenize: expected ids, which are whole numbers, got \"one\""},
      {{"completion", "ksh"}, "completion: expected bash, zsh or fish, got \"ksh\""},
  };
  for (const WrongUsage& wrong : cases) {
    const RunResult result = run_fake(wrong.arguments);
    EXPECT_EQ(result.exit_code, 2) << wrong.told << "\n" << result.err;
    EXPECT_THAT(result.err, HasSubstr(wrong.told));
    EXPECT_THAT(result.err, Not(HasSubstr("hezar: hezar")));
    EXPECT_THAT(result.out, IsEmpty());
  }
}

TEST(UsageTest, TakesGlobalOptionsBeforeAndAfterTheVerb) {
  const std::string dir = HEZAR_FAKE_PLUGIN_DIR;
  const RunResult before = run({"--plugin-dir", dir, "list", "--json"});
  const RunResult after = run({"list", "--json", "--plugin-dir=" + dir});
  EXPECT_EQ(before.exit_code, 0) << before.err;
  EXPECT_EQ(after.exit_code, 0) << after.err;
  EXPECT_THAT(before.out, HasSubstr("length_text_classification"));
  EXPECT_EQ(before.out, after.out);
}

TEST(UsageTest, ExitsWithOneWhenStandardOutputIsFull) {
  // The shell gives what no pipe can: a device that is always full.
  const std::string command = std::string(HEZAR_BINARY) + " list --help > /dev/full 2> /dev/null";
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 1);
}

}  // namespace

}  // namespace hezar::test
