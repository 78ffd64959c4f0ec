#include <gmock/gmock.h>
#include <boost/json.hpp>

#include <fake_repo.hpp>

namespace hezar::test {

namespace {

using ::testing::HasSubstr;

std::string compact(const std::string& json) {
  return boost::json::serialize(boost::json::parse(json));
}

TEST(TokenizeCommandTest, GivesTokensIdsMaskTypesAndOffsets) {
  const FakeRepo repo;
  const RunResult result = run_fake({"tokenize", repo.model(), "ab cde", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(compact(result.out),
            R"([{"text":"ab cde","tokens":["<s>","ab","cde","</s>"],"ids":[1,12,13,2],)"
            R"("attention_mask":[1,1,1,1],"type_ids":[0,0,0,0],)"
            R"("offsets":[[0,0],[0,2],[3,6],[0,0]]}])");
}

TEST(TokenizeCommandTest, TakesPairsLengthsPaddingAndNoSpecialTokens) {
  const FakeRepo repo;
  const RunResult pair = run_fake({"tokenize", repo.model(), "a", "[b]", "--pair", "[c]", "--pair",
                                   "d", "--jsonl", "--no-special-tokens"});
  ASSERT_EQ(pair.exit_code, 0) << pair.err;
  EXPECT_THAT(pair.out, HasSubstr(R"({"text": "a", "pair": "[c]", "tokens": ["a", "[c]"])"));
  EXPECT_THAT(pair.out, HasSubstr(R"("type_ids": [0, 1])"));
  const RunResult longest =
      run_fake({"tokenize", repo.model(), "a b c", "d", "--padding", "longest", "--jsonl"});
  EXPECT_THAT(longest.out, HasSubstr(R"("tokens": ["<s>", "d", "</s>", "<pad>", "<pad>"])"));
  const RunResult fixed = run_fake(
      {"tokenize", repo.model(), "a", "--padding", "max_length", "--max-length", "6", "--jsonl"});
  EXPECT_THAT(fixed.out, HasSubstr(R"("attention_mask": [1, 1, 1, 0, 0, 0])"));
}

TEST(TokenizeCommandTest, StreamsFilesLineByLine) {
  const FakeRepo repo;
  std::string lines;
  for (int i = 0; i < 5000; ++i) lines += "a b\n";
  const RunResult result =
      run_fake({"tokenize", repo.model(), "--input", repo.write("in.txt", lines + "a\r\n"),
                "--output", repo.path("out.jsonl")});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const std::string out = repo.read("out.jsonl");
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 5001);
  EXPECT_THAT(out, HasSubstr(R"({"text": "a\r", "tokens")")) << "only LF ends a line";
}

TEST(TokenizeCommandTest, ShowsATableToPeople) {
  const FakeRepo repo;
  const RunResult result = run_fake({"tokenize", repo.model(), "ab cde"});
  EXPECT_THAT(result.out, HasSubstr("text    token  id  type  mask  offsets\n"
                                    "ab cde  <s>    1   0     1     [0, 0]\n"
                                    "        ab     12  0     1     [0, 2]\n"));
}

TEST(TokenizeCommandTest, TakesAFolderThatHoldsOnlyATokenizer) {
  const FakeRepo repo;
  const RunResult result = run_fake({"tokenize", repo.path("repo/preprocessor"), "a", "--jsonl"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr(R"("ids": [1, 11, 2])"));
}

TEST(TokenizeCommandTest, SaysWhatThereIsWhenThereIsNoTokenizer) {
  const FakeRepo repo;
  std::filesystem::remove(repo.path("repo/preprocessor/tokenizer_config.yaml"));
  const RunResult result = run_fake({"tokenize", repo.model(), "a"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("expected a tokenizer, got upper_normalizer"));
}

TEST(DetokenizeCommandTest, TakesIdsInEveryForm) {
  const FakeRepo repo;
  for (const std::vector<std::string>& ids : std::vector<std::vector<std::string>>{
           {"1", "12", "13", "2"}, {"1,12,13,2"}, {"[1, 12, 13, 2]"}}) {
    std::vector<std::string> arguments = {"detokenize", repo.model()};
    arguments.insert(arguments.end(), ids.begin(), ids.end());
    EXPECT_EQ(run_fake(arguments).out, "xx xxx\n");
    arguments.emplace_back("--keep-special-tokens");
    EXPECT_EQ(run_fake(arguments).out, "<s> xx xxx <s>\n");
  }
  const RunResult json = run_fake({"detokenize", repo.model(), "12", "--json"});
  EXPECT_EQ(compact(json.out), R"([{"ids":[12],"text":"xx"}])");
}

TEST(NormalizeCommandTest, GivesPlainTextsOrJson) {
  const FakeRepo repo;
  EXPECT_EQ(run_fake({"normalize", repo.model(), "abc", "دe"}).out, "ABC\nدE\n");
  EXPECT_EQ(run_fake({"normalize", repo.model(), "a", "--jsonl"}).out,
            "{\"text\": \"a\", \"normalized\": \"A\"}\n");
  const RunResult piped =
      run_fake({"normalize", repo.model(), "--input", "-"}, {.input = "a\n\nb\n"});
  EXPECT_EQ(piped.out, "A\n\nB\n");
}

TEST(NormalizeCommandTest, TakesANameAndItsOptions) {
  const RunResult named = run_fake({"normalize", "upper_normalizer", "abc"});
  EXPECT_EQ(named.out, "ABC\n") << named.err;
  const RunResult unknown = run_fake({"normalize", "upper_normalizer", "--set", "lower=true", "a"});
  EXPECT_EQ(unknown.exit_code, 1);
  EXPECT_THAT(unknown.err, HasSubstr("\"lower\""));
  const RunResult bad = run_fake({"normalize", "upper_normalizer", "--set", "lower", "a"});
  EXPECT_EQ(bad.exit_code, 2);
  EXPECT_THAT(bad.err, HasSubstr("--set: expected KEY=VALUE, got \"lower\""));
}

TEST(ForwardCommandTest, WritesTensorsAndNamesWhatIsNone) {
  const FakeRepo repo;
  const std::string out = repo.path("out.safetensors");
  const RunResult texts = run_fake(
      {"forward", repo.model(), "--input", repo.write("in.txt", "a\nabc\n"), "--output", out});
  ASSERT_EQ(texts.exit_code, 0) << texts.err;
  EXPECT_THAT(texts.err, HasSubstr("names (list of strings"));
  const std::string file = repo.read("out.safetensors");
  EXPECT_THAT(file, HasSubstr(R"("logits":{"dtype":"I64","shape":[2])"));
  EXPECT_EQ(file.substr(file.size() - 16), std::string("\1\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0", 16));
}

TEST(ForwardCommandTest, TakesNamedInputs) {
  const FakeRepo repo;
  const std::string header = R"({"lengths":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}})";
  std::string file(1, static_cast<char>(header.size()));
  file += std::string(7, '\0') + header + std::string("\7\0\0\0\0\0\0\0", 8);
  const RunResult result =
      run_fake({"forward", repo.model(), "--input", repo.write("in.safetensors", file), "--output",
                repo.path("out.safetensors")});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(repo.read("out.safetensors"), HasSubstr(std::string("\7\0\0\0\0\0\0\0", 8)));
}

}  // namespace

}  // namespace hezar::test
