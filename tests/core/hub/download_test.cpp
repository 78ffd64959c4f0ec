#include <thread>

#include <hub_fixture.hpp>

#include <hezar/hub/info.hpp>

namespace hezar::hub::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class DownloadTest : public HubFixture {};

TEST_F(DownloadTest, LaysTheCacheOutAsTheOfficialClientDoes) {
  put_repo();
  EXPECT_EQ(download_files(repo_), snapshot());
  expect_whole();
  EXPECT_EQ(content_of(folder() / "refs" / "main"), commit_);
  const fs::path link = fs::read_symlink(snapshot() / "preprocessor" / "tokenizer.json");
  EXPECT_EQ(link.parent_path(), "../../../blobs");
  EXPECT_EQ(link.filename(), "9e26dfeeb6e641a33dae4961196235bdb965b21b");  // git hash-object of {}
  EXPECT_THAT(partials(), IsEmpty());
  EXPECT_TRUE(fs::exists(cache_ / "CACHEDIR.TAG"));
  EXPECT_TRUE(
      fs::exists(cache_ / ".locks" / "models--hezarai--x" / (link.filename().string() + ".lock")));
}

TEST_F(DownloadTest, AsksOnceWhenEverythingIsCached) {
  put_repo();
  static_cast<void>(download_files(repo_));
  hub_.clear_log();
  EXPECT_EQ(download_files(repo_), snapshot());
  EXPECT_EQ(hub_.log().size(), 1U);
}

TEST_F(DownloadTest, AsksNothingForACachedCommit) {
  put_repo();
  const RepoId fixed{repo_.id, commit_, RepoType::kModel};
  static_cast<void>(download_files(fixed));
  hub_.clear_log();
  EXPECT_EQ(download_files(fixed), snapshot());
  EXPECT_EQ(hub_.log().size(), 0U);
}

TEST_F(DownloadTest, OpensNoSocketWhenOffline) {
  put_repo();
  static_cast<void>(download_files(repo_));
  hub_.clear_log();
  set("HF_HUB_OFFLINE", "1");
  EXPECT_EQ(download_files(repo_), snapshot());
  EXPECT_THAT(error_of({"hezarai/other"}),
              AllOf(HasSubstr("hezarai/other@main"), HasSubstr("the network is off")));
  EXPECT_ANY_THROW(static_cast<void>(repo_info(repo_)));
  EXPECT_ANY_THROW(static_cast<void>(list_files(repo_)));
  EXPECT_EQ(hub_.log().size(), 0U);
}

TEST_F(DownloadTest, NamesWhatAnIncompleteCopyLacksWhenOffline) {
  put_repo();
  static_cast<void>(download_files(repo_, {{"model_config.yaml"}, {}, {}}));
  set("HF_HUB_OFFLINE", "1");
  EXPECT_THAT(error_of(repo_), AllOf(HasSubstr("incomplete copy"), HasSubstr("model.pt")));
  EXPECT_EQ(error_of(repo_, {{"model_config.yaml"}, {}, {}}), "no error");
}

TEST_F(DownloadTest, UsesTheCacheWhenTheHubIsNotThere) {
  put_repo();
  static_cast<void>(download_files(repo_));
  hub_.fault(R"({"status": 503, "times": 0})");
  hub_.clear_log();
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(download_files(repo_), snapshot());
  EXPECT_EQ(hub_.log().size(), 1U);  // the cache stands in at once
  set("HF_ENDPOINT", "http://127.0.0.1:1");
  EXPECT_EQ(download_files(repo_), snapshot());
  EXPECT_THAT(::testing::internal::GetCapturedStderr(),
              HasSubstr("WARNING): hezarai/x@main: using what the cache has"));
  EXPECT_THAT(error_of({"hezarai/other"}), HasSubstr("127.0.0.1:1"));
}

TEST_F(DownloadTest, SeesANewCommitAndKeepsTheOld) {
  put_repo();
  static_cast<void>(download_files(repo_));
  const std::string newer = hub_.put_model(repo_.id, {{"model_config.yaml", "name: y\n"}});
  hub_.clear_log();
  const fs::path folder = download_files(repo_);
  EXPECT_EQ(folder.filename(), newer);
  EXPECT_EQ(content_of(folder / "model_config.yaml"), "name: y\n");
  EXPECT_EQ(hub_.bytes_from_cdn(), 0);  // the large file is the same
  expect_whole();
}

TEST_F(DownloadTest, TakesBranchesAndPullRequests) {
  put_repo();
  const std::string commit = hub_.put_repo(boost::json::object{
      {"id", repo_.id}, {"revision", "refs/pr/1"}, {"files", {{"new.txt", "new"}}}});
  const fs::path file = download_file({repo_.id, "refs/pr/1", RepoType::kModel}, "new.txt");
  EXPECT_EQ(content_of(file), "new");
  EXPECT_EQ(content_of(folder() / "refs" / "refs" / "pr" / "1"), commit);
}

TEST_F(DownloadTest, TakesDatasets) {
  hub_.put_repo(boost::json::object{
      {"id", "hezarai/d"}, {"type", "dataset"}, {"files", {{"data/test.csv", "a,b\n"}}}});
  const fs::path file = download_file({"hezarai/d", "main", RepoType::kDataset}, "data/test.csv");
  EXPECT_EQ(content_of(file), "a,b\n");
  EXPECT_TRUE(fs::exists(cache_ / "datasets--hezarai--d" / "refs" / "main"));
}

TEST_F(DownloadTest, DownloadsOnlyWhatIsSelected) {
  put_repo();
  static_cast<void>(download_files(repo_, {{"*.yaml", "preprocessor/*"}, {"*.json"}, {}}));
  EXPECT_TRUE(fs::exists(snapshot() / "model_config.yaml"));
  EXPECT_FALSE(fs::exists(snapshot() / "model.pt"));
  EXPECT_FALSE(fs::exists(snapshot() / "preprocessor" / "tokenizer.json"));
}

TEST_F(DownloadTest, TakesOneFormatOfTheWeightsAndPrefersTheCachedOne) {
  hub_.put_model(repo_.id, {{"model.safetensors", "safe"}, {"model.pt", "torch"}});
  const FileSelection weights{{}, {}, {"model.safetensors", "model.pt"}};
  const fs::path folder = download_files(repo_, weights);
  EXPECT_TRUE(fs::exists(folder / "model.safetensors"));
  EXPECT_FALSE(fs::exists(folder / "model.pt"));
  fs::remove(folder / "model.safetensors");
  static_cast<void>(download_file(repo_, "model.pt"));
  static_cast<void>(download_files(repo_, weights));
  EXPECT_FALSE(fs::exists(folder / "model.safetensors"));
}

TEST_F(DownloadTest, FollowsAnIndexOfWeightsToItsFiles) {
  hub_.put_model(repo_.id,
                 {{"model.safetensors.index.json",
                   R"({"weight_map": {"a": "part-1.safetensors", "b": "part-2.safetensors"}})"},
                  {"part-1.safetensors", "1"},
                  {"part-2.safetensors", "2"},
                  {"other.safetensors", "3"}});
  const FileSelection weights{{}, {}, {"model.safetensors", "model.safetensors.index.json"}};
  const fs::path folder = download_files(repo_, weights);
  EXPECT_EQ(content_of(folder / "part-2.safetensors"), "2");
  EXPECT_FALSE(fs::exists(folder / "other.safetensors"));
  hub_.clear_log();
  static_cast<void>(download_files(repo_, weights));
  EXPECT_EQ(hub_.log().size(), 1U);
}

TEST_F(DownloadTest, ReadsListingsPageByPage) {
  boost::json::object files;
  for (int i = 0; i < 7; ++i) files["file" + std::to_string(i)] = "x";
  hub_.put_model(repo_.id, files);
  hub_.set(R"({"page_size": 2})");
  EXPECT_EQ(list_files(repo_).size(), 7U);
  EXPECT_GE(hub_.count("GET", "/tree/"), 4U);
}

TEST_F(DownloadTest, TellsFourKindsOfMissingApart) {
  put_repo();
  hub_.put_repo(
      boost::json::object{{"id", "other/gated"}, {"gated", true}, {"files", {{"a.txt", "a"}}}});
  EXPECT_THAT(error_of({"hezarai/none"}),
              AllOf(HasSubstr("hezarai/none: expected a model repo on "),
                    HasSubstr("Check the name; if the repo is private, set HF_TOKEN")));
  EXPECT_THAT(error_of({"other/gated"}),
              AllOf(HasSubstr("other/gated: expected access to this gated repo"),
                    HasSubstr("Ask for access at " + hub_.url() + "/other/gated")));
  EXPECT_THAT(error_of({repo_.id, "v9", RepoType::kModel}),
              HasSubstr("hezarai/x: expected a branch, tag or commit \"v9\""));
  EXPECT_THAT(error_of(repo_, {{"nothing.txt"}, {}, {}}),
              HasSubstr("hezarai/x@main: expected a file nothing.txt, got none of that name. "
                        "See hezar hub ls hezarai/x@main"));
  EXPECT_TRUE(fs::exists(folder() / ".no_exist" / commit_ / "nothing.txt"));
}

TEST_F(DownloadTest, AsksOnceForWhatIsNotThere) {
  EXPECT_THAT(error_of({"hezarai/none"}), HasSubstr("expected a model repo"));
  EXPECT_EQ(hub_.log().size(), 1U);
}

TEST_F(DownloadTest, ReadsPrivateReposWithATokenAndSaysSoWithout) {
  hub_.put_repo(
      boost::json::object{{"id", repo_.id}, {"private", true}, {"files", {{"a.txt", "secret"}}}});
  EXPECT_THAT(error_of(repo_), HasSubstr("set HF_TOKEN to a token that may read it"));
  set("HF_TOKEN", std::string(test::kHubToken) + "\n");
  EXPECT_EQ(content_of(download_file(repo_, "a.txt")), "secret");
  EXPECT_TRUE(repo_info(repo_).is_private);
}

TEST_F(DownloadTest, TakesTheTokenFromTheFileUnlessToldNotTo) {
  hub_.put_repo(
      boost::json::object{{"id", repo_.id}, {"private", true}, {"files", {{"a.txt", "secret"}}}});
  home_.put("token", std::string(test::kHubToken) + "\n");
  EXPECT_EQ(repo_info(repo_).id, repo_.id);
  set("HF_HUB_DISABLE_IMPLICIT_TOKEN", "YES");
  EXPECT_ANY_THROW(static_cast<void>(repo_info(repo_)));
  HubOptions options;
  options.token = test::kHubToken;
  EXPECT_EQ(repo_info(repo_, options).id, repo_.id);
}

TEST_F(DownloadTest, KeepsTheTokenFromOtherServersAndFromMessages) {
  put_repo();
  set("HF_TOKEN", std::string(test::kHubToken));
  ::testing::internal::CaptureStderr();
  static_cast<void>(download_files(repo_));
  for (const boost::json::value& request : hub_.log()) {
    EXPECT_EQ(request.at("auth").as_bool(), request.at("server").as_string() == "hub")
        << request.at("target");
  }
  set("HF_TOKEN", "hf_wrongtoken");
  hub_.fault(
      R"({"status": 401, "headers": {"X-Error-Message": "Invalid credentials hf_wrongtoken"}})");
  const std::string error = error_of({"hezarai/none"});
  EXPECT_THAT(error, AllOf(HasSubstr("a valid token"), Not(HasSubstr("hf_wrongtoken"))));
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), Not(HasSubstr("hf_")));
}

TEST_F(DownloadTest, SendsNoTokenWhereARedirectLeads) {
  put_repo();
  test::TestHub other;
  set("HF_TOKEN", std::string(test::kHubToken));
  hub_.fault(R"({"path": "/resolve/", "redirect": ")" + other.url() + R"(/stolen"})");
  static_cast<void>(error_of_large());
  EXPECT_GE(hub_.count("HEAD"), 1U);
  for (const boost::json::value& request : other.log()) EXPECT_FALSE(request.at("auth").as_bool());
}

TEST_F(DownloadTest, RefusesNamesThatLeadOutOfTheCache) {
  for (const std::string name : {"../evil", "a/../../evil", "/etc/evil", "a\\..\\..\\evil", "..",
                                 "C:/evil", "a//b", "x\ny"}) {
    EXPECT_THAT(error_of(repo_, {{name}, {}, {}}), HasSubstr("must not lead out of the cache"))
        << name;
  }
  EXPECT_EQ(hub_.log().size(), 0U);
  hub_.put_model(repo_.id, {{"good.txt", "x"}, {"../../../evil.txt", "x"}});
  EXPECT_THAT(error_of(repo_), HasSubstr("must not lead out of the cache"));
  EXPECT_FALSE(fs::exists(cache_.path().parent_path() / "evil.txt"));
  EXPECT_FALSE(fs::exists(cache_ / "evil.txt"));
}

TEST_F(DownloadTest, RefusesAnIndexThatLeadsOutOfTheCache) {
  hub_.put_model(
      repo_.id, {{"model.safetensors.index.json", R"({"weight_map": {"a": "../../../../evil"}})"}});
  EXPECT_THAT(error_of(repo_, {{}, {}, {"model.safetensors.index.json"}}),
              HasSubstr("must not lead out of the cache"));
}

TEST_F(DownloadTest, NamesTheVariableThatCannotBeUsed) {
  set("HF_ENDPOINT", "not a url");
  EXPECT_THAT(error_of(repo_), HasSubstr("HF_ENDPOINT: expected a URL"));
  set("HF_ENDPOINT", hub_.url() + "/");
  set("HF_HUB_ETAG_TIMEOUT", "soon");
  EXPECT_THAT(error_of(repo_), HasSubstr("HF_HUB_ETAG_TIMEOUT: expected seconds"));
  set("HF_HUB_ETAG_TIMEOUT", " 1 ");
  EXPECT_THAT(error_of(repo_), HasSubstr("expected a model repo"));
}

TEST_F(DownloadTest, TellsProgressOnTheCallingThread) {
  put_repo();
  HubOptions options;
  std::uint64_t done = 0;
  std::uint64_t total = 0;
  const auto caller = std::this_thread::get_id();
  options.progress = [&](std::uint64_t now, std::uint64_t all) {
    EXPECT_TRUE(std::this_thread::get_id() == caller);
    done = now;
    total = all;
  };
  static_cast<void>(download_files(repo_, {}, options));
  EXPECT_EQ(done, total);
  EXPECT_EQ(total, large_.size() + 10);
}

}  // namespace
}  // namespace hezar::hub::testing
