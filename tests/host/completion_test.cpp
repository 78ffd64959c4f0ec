#include <cstdio>
#include <cstdlib>
#include <memory>

#include <gmock/gmock.h>

#include <fake_repo.hpp>

namespace hezar::test {

namespace {

using ::testing::HasSubstr;

std::string shell(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
  std::string out;
  for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get())) {
    out.push_back(static_cast<char>(c));
  }
  return out;
}

/// What bash offers after `words`, the last of which is being typed.
std::string completed(const FakeRepo& repo, const std::string& words, int count) {
  return shell("bash -c 'source " + repo.path("hezar.bash") + "; COMP_WORDS=(" + words +
               "); COMP_CWORD=" + std::to_string(count - 1) + "; _hezar; echo ${COMPREPLY[@]}'");
}

TEST(CompletionTest, BashAcceptsTheScript) {
  const FakeRepo repo;
  repo.write("hezar.bash", run({"completion", "bash"}).out);
  EXPECT_EQ(std::system(("bash -n " + repo.path("hezar.bash")).c_str()), 0);
}

TEST(CompletionTest, OffersVerbsOptionsAndChoices) {
  const FakeRepo repo;
  repo.write("hezar.bash", run({"completion", "bash"}).out);
  EXPECT_EQ(completed(repo, "hezar pre", 2), "predict\n");
  EXPECT_EQ(completed(repo, "hezar plugin do", 3), "doctor\n");
  EXPECT_EQ(completed(repo, "hezar --threads 2 plugin pa", 5), "path\n");
  EXPECT_EQ(completed(repo, "hezar list mo", 3), "models\n");
  EXPECT_EQ(completed(repo, "hezar predict x --batch", 4), "--batch-size\n");
  EXPECT_EQ(completed(repo, "hezar predict x --plugin", 4), "--plugin-dir\n");
  EXPECT_EQ(completed(repo, "hezar predict x --precision b", 5), "bf16\n");
  EXPECT_EQ(completed(repo, "hezar predict --log-level tr", 4), "trace\n");
  EXPECT_EQ(completed(repo, "hezar tokenize --padding list --no-sp", 5), "--no-special-tokens\n");
}

TEST(CompletionTest, CoversEachShell) {
  for (const char* name : {"zsh", "fish"}) {
    const RunResult result = run({"completion", name});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out, HasSubstr("predict"));
    EXPECT_THAT(result.out, HasSubstr("batch-size"));
    EXPECT_THAT(result.out, HasSubstr("max_length"));
  }
}

}  // namespace

}  // namespace hezar::test
