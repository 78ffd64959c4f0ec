#include <gmock/gmock.h>

#include <process.hpp>

namespace hezar::test {

namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const std::vector<std::vector<std::string>> kVerbs = {{"list"},           {"info"},
                                                      {"bench"},          {"predict"},
                                                      {"forward"},        {"convert"},
                                                      {"tokenize"},       {"detokenize"},
                                                      {"normalize"},      {"config"},
                                                      {"config", "show"}, {"config", "validate"},
                                                      {"tokenizer"},      {"tokenizer", "train"},
                                                      {"plugin"},         {"plugin", "list"},
                                                      {"plugin", "info"}, {"plugin", "path"},
                                                      {"plugin", "why"},  {"plugin", "doctor"},
                                                      {"completion"}};

TEST(HelpTest, ShowsAnExampleForEachVerb) {
  for (std::vector<std::string> verb : kVerbs) {
    std::string name = "hezar";
    for (const std::string& word : verb) name += " " + word;
    verb.emplace_back("--help");
    const RunResult result = run(verb);
    EXPECT_EQ(result.exit_code, 0) << name;
    EXPECT_THAT(result.out, HasSubstr("Usage: " + name)) << name;
    EXPECT_THAT(result.out, HasSubstr("\nExample:\n  ")) << name;
    EXPECT_THAT(result.err, IsEmpty()) << name;
  }
}

TEST(HelpTest, NamesEveryVerbAndGlobalOptionWhenNoVerbIsGiven) {
  const RunResult result = run({"--help"});
  EXPECT_EQ(result.exit_code, 0);
  for (const auto& verb : kVerbs) EXPECT_THAT(result.out, HasSubstr("\n  " + verb[0]));
  for (const char* option :
       {"--plugin-dir DIR", "--allow-unsafe-dir", "--log-level", "--offline", "--cache-dir DIR",
        "--threads N", "--no-color", "--safe", "--version"}) {
    EXPECT_THAT(result.out, HasSubstr(option));
  }
}

TEST(HelpTest, PrintsTheVersion) {
  const RunResult result = run({"--version"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, StartsWith("hezar "));
  EXPECT_THAT(result.out, EndsWith("\n"));
}

}  // namespace

}  // namespace hezar::test
