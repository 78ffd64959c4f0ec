#include <hezar/hub/upload.hpp>

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/text/concat.hpp>

#include <core/hub/upload_fixture.hpp>

namespace hezar::hub {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

using UploadTest = testing::UploadFixture;

TEST_F(UploadTest, MakesTheRepoAndOneCommit) {
  put_files();
  UploadOptions options;
  options.message = "First version";
  const UploadResult result = upload(options);
  ASSERT_EQ(commits(), 2U);  // the one that made the repo, and this
  const boost::json::object commit = hub_.commits(repo_.id)[0].as_object();
  EXPECT_EQ(commit.at("title").as_string(), "First version");
  EXPECT_EQ(commit.at("id").as_string(), result.commit);
  EXPECT_THAT(result.url, HasSubstr(result.commit));
  EXPECT_EQ(result.files.size(), 4U);
  expect_pushed();
}

TEST_F(UploadTest, SendsLargeFilesInParts) {
  put_files();
  upload();
  EXPECT_EQ(hub_.count("PUT", "/part/"), 6U);  // 310,000 bytes in parts of 60,000
  EXPECT_EQ(hub_.count("PUT", "/put/"), 1U);
  EXPECT_EQ(hub_.count("POST", "/objects/verify"), 2U);
}

TEST_F(UploadTest, MakesNoCommitWhereNothingChanged) {
  put_files();
  const UploadResult first = upload();
  hub_.clear_log();
  const UploadResult second = upload();
  EXPECT_EQ(second.commit, first.commit);
  EXPECT_THAT(second.files, IsEmpty());
  EXPECT_EQ(second.unchanged, 4U);
  EXPECT_FALSE(second.to_json().at("changed").as_bool());
  EXPECT_EQ(commits(), 2U);
  EXPECT_EQ(hub_.count("PUT") + hub_.count("POST", "/commit/"), 0U);
}

TEST_F(UploadTest, SendsOnlyWhatChanged) {
  put_files();
  upload();
  hub_.clear_log();
  files_["model_config.yaml"] = "name: y\n";
  folder_.put("model_config.yaml", "name: y\n");
  EXPECT_THAT(upload().files, ElementsAre("model_config.yaml"));
  EXPECT_EQ(hub_.count("PUT"), 0U);
  EXPECT_EQ(commits(), 3U);
  expect_pushed();
}

TEST_F(UploadTest, KeepsFilesThatTheFolderLacks) {
  hub_.put_model(repo_.id, {{"old.txt", "old"}});
  put_files();
  upload();
  EXPECT_EQ(hub_.content(repo_.id, "old.txt"), "old");
}

TEST_F(UploadTest, SendsEqualContentsOnce) {
  for (const char* name : {"a.bin", "b.bin", "c/d.bin"}) folder_.put(name, "same\0bytes");
  upload();
  EXPECT_EQ(hub_.count("PUT"), 1U);
  EXPECT_EQ(hub_.content(repo_.id, "c/d.bin"), hub_.content(repo_.id, "a.bin"));
}

TEST_F(UploadTest, TakesAnyFileName) {
  files_ = {{"empty.bin", ""},
            {"a b%20#?&.txt", "odd"},
            {"واژه‌ها/سلام.txt", "سلام"},
            {"\"quoted\".txt", "q"}};
  for (const auto& [name, content] : files_) folder_.put(name, content);
  upload();
  expect_pushed();
}

TEST_F(UploadTest, AsksForManyFilesInSeveralRequests) {
  for (int i = 0; i < 300; ++i) folder_.put(text::concat("f", i, ".txt"), std::to_string(i));
  EXPECT_EQ(upload().files.size(), 300U);
  EXPECT_EQ(hub_.count("POST", "/preupload/"), 2U);
  EXPECT_EQ(commits(), 2U);
}

TEST_F(UploadTest, SelectsFilesByPatterns) {
  put_files();
  folder_.put(".git/config", "mine");
  folder_.put(".cache/huggingface/x", "mine");
  UploadOptions options;
  options.include = {"*.yaml", "preprocessor/", "*.pt"};
  options.exclude = {"model.*"};
  EXPECT_THAT(upload(options).files,
              UnorderedElementsAre("model_config.yaml", "preprocessor/tokenizer.json"));
  EXPECT_THAT(upload().files, UnorderedElementsAre("model.pt", "big.bin"));
  options.include = {"*.none"};
  EXPECT_THAT(error_of_upload(options), HasSubstr("--include"));
}

TEST_F(UploadTest, FollowsLinksToFilesOnly) {
  put_files();
  std::filesystem::create_symlink(folder_ / "model.pt", folder_ / "again.pt");
  std::filesystem::create_directory_symlink(folder_ / "preprocessor", folder_ / "loop");
  files_["again.pt"] = files_["model.pt"];
  EXPECT_EQ(upload().files.size(), 5U);
  expect_pushed();
}

TEST_F(UploadTest, LeavesAloneWhatShallOnlyBeNew) {
  hub_.put_model(repo_.id, {{"README.md", "theirs"}});
  folder_.put("README.md", "ours");
  folder_.put("other.md", "ours");
  UploadOptions options;
  options.only_new = {"README.md", "other.md"};
  EXPECT_THAT(upload(options).files, ElementsAre("other.md"));
  EXPECT_EQ(hub_.content(repo_.id, "README.md"), "theirs");
}

TEST_F(UploadTest, PushesToAnotherRevision) {
  const std::string head = hub_.put_model(repo_.id, {{"a.txt", "a"}});
  hub_.put_repo({{"id", repo_.id}, {"revision", "refs/pr/1"}, {"files", {{"b.txt", "b"}}}});
  put_files();
  repo_.revision = "refs/pr/1";
  upload();
  EXPECT_EQ(hub_.commits(repo_.id, "refs/pr/1").size(), 2U);
  EXPECT_EQ(hub_.commits(repo_.id).at(0).at("id").as_string(), head);
}

TEST_F(UploadTest, NamesARevisionThatIsMissing) {
  hub_.put_model(repo_.id, {{"a.txt", "a"}});
  put_files();
  repo_.revision = "draft";
  EXPECT_THAT(error_of_upload(), HasSubstr("\"draft\""));
}

TEST_F(UploadTest, MakesPrivateReposAndNeverPublishesByMistake) {
  put_files();
  UploadOptions options;
  options.is_private = true;
  upload(options);
  ::setenv("HF_TOKEN", std::string(test::kStrangerToken).c_str(), 1);
  EXPECT_NE(error_of_upload(), "no error");
  ::setenv("HF_TOKEN", std::string(test::kHubToken).c_str(), 1);
  repo_.id = "hezarai/public";
  hub_.put_model(repo_.id, {{"a.txt", "a"}});
  EXPECT_THAT(error_of_upload(options), HasSubstr("expected a private repo, got a public one"));
  EXPECT_EQ(commits(), 1U);
}

TEST_F(UploadTest, PushesDatasets) {
  repo_.type = RepoType::kDataset;
  folder_.put("rows.csv", "text,label\n");
  EXPECT_EQ(upload().files.size(), 1U);
  EXPECT_EQ(hub_.count("POST", "/api/datasets/hezarai/pushed/commit/main"), 1U);
}

TEST_F(UploadTest, ReportsBytesUpToTheTotal) {
  put_files();
  std::vector<std::uint64_t> done;
  std::uint64_t total = 0;
  UploadOptions options;
  options.hub.progress = [&](std::uint64_t now, std::uint64_t all) {
    done.push_back(now);
    total = all;
  };
  upload(options);
  EXPECT_EQ(total, 360'000U);
  ASSERT_THAT(done, Not(IsEmpty()));
  EXPECT_EQ(done.back(), total);
}

TEST_F(UploadTest, RefusesAFolderWithoutFiles) {
  EXPECT_THAT(error_of_upload(), HasSubstr("expected files to upload, got none"));
  EXPECT_EQ(hub_.count(""), 0U);
}

}  // namespace
}  // namespace hezar::hub
