#include <hezar/hub/download.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/error/error.hpp>

namespace hezar::hub {
namespace {

using testing::HasSubstr;

ResolveOptions offline_in(const std::filesystem::path& cache) {
  ::setenv("HF_HUB_OFFLINE", "1", 1);
  ResolveOptions options;
  options.hub.cache_dir = cache;
  return options;
}

TEST(RepoIdTest, ReadsOwnerNameAndRevision) {
  EXPECT_EQ(parse_repo_id("hezarai/bert-base-fa")->id, "hezarai/bert-base-fa");
  EXPECT_EQ(parse_repo_id("hezarai/bert-base-fa")->revision, "main");
  EXPECT_EQ(parse_repo_id("hezarai/bert-base-fa@v1")->revision, "v1");
}

TEST(RepoIdTest, RefusesWhatCannotBeARepo) {
  for (const char* text : {"", "bert", "/bert", "a/", "a/b/c", "../x", "a/..", "a--b/c", "-a/b",
                           "a/b.", "a b/c", "a/b@", "a/b@../../x", "a/b@/etc", "ا/ب"}) {
    EXPECT_FALSE(parse_repo_id(text)) << text;
  }
  EXPECT_FALSE(parse_repo_id("a/" + std::string(95, 'x')));
}

class ResolveTest : public testing::Test {
 protected:
  ResolveTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "hezar-hub-XXXXXX").string();
    cache_ = mkdtemp(pattern.data());
  }
  ~ResolveTest() override { std::filesystem::remove_all(cache_); }
  std::filesystem::path cache_;
};

TEST_F(ResolveTest, TakesAFolderThatExists) {
  EXPECT_EQ(resolve(cache_.string()), cache_);
}

TEST_F(ResolveTest, FindsTheSnapshotThatARefNames) {
  const std::string commit(40, 'a');
  const std::filesystem::path repo = cache_ / "models--owner--name";
  std::filesystem::create_directories(repo / "refs");
  std::filesystem::create_directories(repo / "snapshots" / commit);
  std::ofstream(repo / "refs" / "main") << commit << "\n";
  EXPECT_EQ(resolve("owner/name", offline_in(cache_)), repo / "snapshots" / commit);
  EXPECT_EQ(resolve("owner/name@" + commit, offline_in(cache_)), repo / "snapshots" / commit);
}

TEST_F(ResolveTest, SaysWhereItLookedForARepoThatIsNotCached) {
  try {
    static_cast<void>(resolve("owner/name", offline_in(cache_)));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kHub);
    EXPECT_THAT(error.what(), HasSubstr("owner/name@main"));
    EXPECT_THAT(error.what(), HasSubstr(cache_.string()));
  }
}

}  // namespace
}  // namespace hezar::hub
