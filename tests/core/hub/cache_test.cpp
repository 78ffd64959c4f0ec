#include <hub_fixture.hpp>

namespace hezar::hub::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class CacheTest : public HubFixture {
 protected:
  CacheTest() {
    put_repo();
    static_cast<void>(download_files(repo_));
  }
};

TEST_F(CacheTest, ListsReposWithTheirRevisions) {
  hub_.put_model(repo_.id, {{"new.txt", "new"}});
  static_cast<void>(download_files(repo_));
  std::ofstream(folder() / "blobs" / (std::string(64, 'a') + ".incomplete")) << "part";
  const std::vector<CachedRepo> repos = cached_repos();
  ASSERT_THAT(repos, SizeIs(1));
  EXPECT_EQ(repos[0].id, repo_.id);
  EXPECT_EQ(repos[0].size, large_.size() + 8 + 2 + 3);
  EXPECT_EQ(repos[0].partial_size, 4U);
  ASSERT_THAT(repos[0].revisions, SizeIs(2));
  for (const CachedRevision& revision : repos[0].revisions) {
    const bool is_old = revision.commit == commit_;
    EXPECT_EQ(revision.files, is_old ? 3U : 4U);
    EXPECT_THAT(revision.refs, SizeIs(is_old ? 0 : 1));
  }
}

TEST_F(CacheTest, FindsAndRemovesDamagedFiles) {
  const fs::path blob = fs::canonical(snapshot() / "model.pt");
  fs::permissions(blob, fs::perms::owner_write, fs::perm_options::add);
  std::fstream(blob, std::ios::in | std::ios::out) << "damaged";
  const std::vector<CacheProblem> problems = verify_cached(cached_repos()[0], true);
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_EQ(problems[0].file, blob);
  EXPECT_THAT(problems[0].what, HasSubstr("expected the hash " + blob.filename().string()));
  EXPECT_FALSE(fs::exists(blob));
  EXPECT_EQ(error_of(repo_), "no error");
  expect_whole();
}

TEST_F(CacheTest, RemovesOneRevisionWithItsOwnFilesOnly) {
  hub_.put_model(repo_.id, {{"new.txt", "new"}, {"model_config.yaml", nullptr}});
  const fs::path newer = download_files(repo_);
  EXPECT_EQ(remove_cached({repo_.id, commit_, RepoType::kModel}, true) > 0, true);
  EXPECT_FALSE(fs::exists(snapshot()));
  EXPECT_TRUE(content_of(newer / "model.pt") == large_);
  EXPECT_THROW(remove_cached({repo_.id, commit_, RepoType::kModel}, true), Error);
  EXPECT_EQ(remove_cached(repo_, false) > large_.size(), true);
  EXPECT_THAT(cached_repos(), IsEmpty());
  EXPECT_FALSE(fs::exists(folder()));
}

TEST_F(CacheTest, DownloadsAgainWhatAPowerCutLeftShort) {
  const fs::path blob = fs::canonical(snapshot() / "model.pt");
  fs::resize_file(blob, 0);
  EXPECT_EQ(error_of(repo_), "no error");
  expect_whole();
}

TEST_F(CacheTest, SaysWhatToDoWhenTheCacheCannotBeMade) {
  set("HEZAR_CACHE_DIR", home_.put("file", "x").string());
  EXPECT_THAT(error_of(repo_), AllOf(HasSubstr("expected a cache that can be written to"),
                                     HasSubstr("--cache-dir")));
}

TEST_F(CacheTest, HoldsPlainFilesWhereLinksAreNotWanted) {
  const io::testing::TempFolder other;
  set("HEZAR_CACHE_DIR", other.path().string());
  set("HF_HUB_DISABLE_SYMLINKS", "1");
  const fs::path folder = download_files(repo_);
  EXPECT_FALSE(fs::is_symlink(folder / "model.pt"));
  EXPECT_TRUE(content_of(folder / "model.pt") == large_);
  hub_.clear_log();
  EXPECT_EQ(download_files(repo_), folder);
  EXPECT_EQ(hub_.log().size(), 1U);
  std::ofstream(folder / "model.pt", std::ios::binary) << std::string(large_.size(), 'x');
  EXPECT_THAT(verify_cached(cached_repos()[0], false), SizeIs(1));
}

TEST_F(CacheTest, CopiesABlobThatOthersUseWhereLinksAreNotWanted) {
  set("HF_HUB_DISABLE_SYMLINKS", "1");
  hub_.put_model(repo_.id, {{"new.txt", "new"}});
  const fs::path newer = download_files(repo_);
  EXPECT_FALSE(fs::is_symlink(newer / "model.pt"));
  EXPECT_TRUE(content_of(newer / "model.pt") == large_);
  expect_whole();
}

TEST_F(CacheTest, NeedsNoListingOfAnotherClientsCache) {
  fs::remove_all(folder() / "trees");
  hub_.clear_log();
  EXPECT_EQ(error_of(repo_), "no error");
  EXPECT_EQ(hub_.log().size(), 1U);
  set("HF_HUB_OFFLINE", "1");
  EXPECT_EQ(error_of(repo_, {{"model_config.yaml", "preprocessor/*"}, {}, {"model.pt"}}),
            "no error");
  EXPECT_EQ(hub_.log().size(), 1U);
}

TEST_F(CacheTest, CopiesWhatTheOfficialClientHas) {
  const fs::path official = home_ / "hub";
  fs::create_directories(official);
  fs::rename(folder(), official / "models--hezarai--x");
  hub_.clear_log();
  EXPECT_EQ(error_of(repo_), "no error");
  expect_whole();
  EXPECT_EQ(hub_.bytes_from_cdn(), 0);
}

TEST_F(CacheTest, DownloadsWhatTheOfficialClientHasDamaged) {
  const fs::path blob = fs::canonical(snapshot() / "model.pt");
  home_.put("mine/models--hezarai--x/blobs/" + blob.filename().string(),
            std::string(large_.size(), 'x'));
  set("HF_HUB_CACHE", (home_ / "mine").string());
  fs::remove_all(folder());
  EXPECT_EQ(error_of(repo_), "no error");
  expect_whole();
  ::unsetenv("HF_HUB_CACHE");
}

TEST_F(CacheTest, AsksForADamagedListingAgain) {
  std::ofstream(folder() / "trees" / (commit_ + ".json")) << "{\"format_version\": 1, \"fi";
  fs::remove(snapshot() / "model.pt");
  EXPECT_EQ(error_of(repo_), "no error");
  expect_whole();
}

}  // namespace
}  // namespace hezar::hub::testing
