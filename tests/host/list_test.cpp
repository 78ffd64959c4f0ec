#include <gmock/gmock.h>
#include <boost/json.hpp>

#include <fake_repo.hpp>

namespace hezar::test {

namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

const boost::json::object* find(const boost::json::array& list, std::string_view name) {
  for (const boost::json::value& item : list) {
    if (item.as_object().at("name").as_string() == name) return &item.as_object();
  }
  return nullptr;
}

TEST(ListTest, GivesNameKindTaskPluginAndDescriptionAsJson) {
  const RunResult result = run_fake({"list", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const boost::json::array list = boost::json::parse(result.out).as_array();
  const boost::json::object* model = find(list, "length_text_classification");
  const boost::json::object* tokenizer = find(list, "space_tokenizer");
  ASSERT_NE(model, nullptr);
  ASSERT_NE(tokenizer, nullptr);
  EXPECT_EQ(boost::json::serialize(*model),
            R"({"name":"length_text_classification","kind":"model","task":"text_classification",)"
            R"("plugin":"host_fake","description":"Says whether a text is long."})");
  EXPECT_TRUE(tokenizer->at("task").is_null());
}

TEST(ListTest, KeepsOnlyTheKindAndTaskThatWereAskedFor) {
  const RunResult models = run_fake({"list", "models", "--task", "text_classification"});
  EXPECT_THAT(models.out, HasSubstr("length_text_classification"));
  EXPECT_THAT(models.out, Not(HasSubstr("space_tokenizer")));
  const RunResult preprocessors = run_fake({"list", "preprocessor"});
  EXPECT_THAT(preprocessors.out, HasSubstr("space_tokenizer"));
  EXPECT_THAT(preprocessors.out, Not(HasSubstr("length_text_classification")));
}

TEST(ListTest, NamesTheTasksWhenTheTaskIsUnknown) {
  const RunResult result = run_fake({"list", "--task", "text_clasification"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("Nearest: text_classification"));
}

TEST(ListTest, AlignsItsColumns) {
  const RunResult result = run_fake({"list", "preprocessors"});
  const std::size_t header = result.out.find("plugin");
  std::size_t begin = 0;
  while (begin < result.out.size()) {
    const std::string line = result.out.substr(begin, result.out.find('\n', begin) - begin);
    if (line.starts_with("space_tokenizer") || line.starts_with("upper_normalizer")) {
      EXPECT_EQ(line.substr(header, 9), "host_fake") << result.out;
    }
    begin += line.size() + 1;
  }
}

TEST(ListTest, WrapsOnANarrowTerminal) {
  const RunResult result = run_fake({"list", "models"}, {.out_is_terminal = true, .columns = 70});
  EXPECT_THAT(result.out, ContainsRegex("\n {20,}[A-Za-z]"));
}

TEST(InfoTest, ShowsFieldsAndOptionsOfAModule) {
  const RunResult result = run_fake({"info", "length_text_classification"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  for (const char* text : {"from the plugin host_fake", "limit", "Texts of more bytes are long.",
                           "option of predict", "top_k"}) {
    EXPECT_THAT(result.out, HasSubstr(text));
  }
  const RunResult json = run_fake({"info", "length_text_classification", "--json"});
  const boost::json::object module = boost::json::parse(json.out).as_object();
  EXPECT_EQ(module.at("name").as_string(), "length_text_classification");
  EXPECT_EQ(module.at("fields").as_array().size(), 3U);
}

TEST(InfoTest, ShowsWhatAFolderHolds) {
  const FakeRepo repo;
  const RunResult result = run_fake({"info", repo.model(), "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const boost::json::object folder = boost::json::parse(result.out).as_object();
  EXPECT_EQ(folder.at("weights").at("file").as_string(), "model.safetensors");
  EXPECT_EQ(folder.at("weights").at("parameters").as_int64(), 1);
  const boost::json::array& modules = folder.at("modules").as_array();
  ASSERT_EQ(modules.size(), 3U);
  EXPECT_EQ(modules[0].at("name").as_string(), "length_text_classification");
  EXPECT_EQ(modules[0].at("plugin").as_string(), "host_fake");
}

TEST(InfoTest, NamesTheNearestModule) {
  const RunResult near = run_fake({"info", "length_text_clasification"});
  EXPECT_EQ(near.exit_code, 1);
  EXPECT_THAT(near.err, HasSubstr("Nearest: length_text_classification"));
}

TEST(InfoTest, TellsWhatIsWrongWithAFolder) {
  const FakeRepo repo;
  repo.write("repo/model_config.yaml", "name: lenght_text_classification\nconfig_type: model\n");
  const RunResult result = run_fake({"info", repo.model()});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("length_text_classification"));
  const RunResult missing = run_fake({"info", "./nowhere"});
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_THAT(missing.err, HasSubstr("nowhere"));
}

}  // namespace

}  // namespace hezar::test
