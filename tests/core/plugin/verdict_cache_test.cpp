#include <plugin/verdict_cache.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <functional>
#include <vector>

namespace hezar::plugin {

namespace {

namespace fs = std::filesystem;

class VerdictCacheTest : public ::testing::Test {
 public:
  VerdictCacheTest() {
    std::string pattern = (fs::temp_directory_path() / "hezar-verdict-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = pattern;
    host_.library_id = "host-1";
    file_.identity.path = "/p/a.so";
    file_.identity.build_id = "abc";
    std::strcpy(file_.descriptor.name, "a");
    verdict_.status = PluginStatus::kCrashed;
    verdict_.reason = "crashed with SIGSEGV";
    ModuleInfo info;
    info.kind = Kind::kMetric;
    info.name = "one";
    verdict_.modules = {info};
  }
  ~VerdictCacheTest() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  [[nodiscard]] VerdictCache cache() const { return {folder_ / "deep" / "er", host_}; }

  fs::path folder_;
  HostAbi host_;
  PluginFile file_;
  Verdict verdict_;
  std::vector<std::string> dependencies_ = {"/p/lib.so:1:2"};
};

TEST_F(VerdictCacheTest, RemembersForTheSameState) {
  EXPECT_FALSE(cache().find(file_, dependencies_).has_value());
  cache().store(file_, dependencies_, verdict_);
  const std::optional<Verdict> found = cache().find(file_, dependencies_);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->status, PluginStatus::kCrashed);
  EXPECT_EQ(found->reason, "crashed with SIGSEGV");
  ASSERT_EQ(found->modules.size(), 1U);
  EXPECT_EQ(found->modules[0].plugin, "a");
}

TEST_F(VerdictCacheTest, ForgetsWhenAnythingChanged) {
  using Change = std::function<void(VerdictCacheTest&)>;
  const std::vector<std::pair<const char*, Change>> changes = {
      {"size", [](VerdictCacheTest& t) { t.file_.identity.size = 1; }},
      {"inode", [](VerdictCacheTest& t) { t.file_.identity.inode = 1; }},
      {"device", [](VerdictCacheTest& t) { t.file_.identity.device = 1; }},
      {"mtime", [](VerdictCacheTest& t) { t.file_.identity.modified_ns = 1; }},
      {"ctime", [](VerdictCacheTest& t) { t.file_.identity.changed_ns = 1; }},
      {"build id", [](VerdictCacheTest& t) { t.file_.identity.build_id = "abd"; }},
      {"path", [](VerdictCacheTest& t) { t.file_.identity.path = "/p/b.so"; }},
      {"host", [](VerdictCacheTest& t) { t.host_.library_id = "host-2"; }},
      {"dependency", [](VerdictCacheTest& t) { t.dependencies_ = {"/p/lib.so:1:3"}; }},
  };
  for (const auto& [name, change] : changes) {
    cache().store(file_, dependencies_, verdict_);
    ASSERT_TRUE(cache().find(file_, dependencies_).has_value());
    change(*this);
    EXPECT_FALSE(cache().find(file_, dependencies_).has_value()) << name;
  }
}

TEST_F(VerdictCacheTest, ForgetsWhatExpiredOrTaughtNothing) {
  verdict_.expires = 1;
  cache().store(file_, dependencies_, verdict_);
  EXPECT_FALSE(cache().find(file_, dependencies_).has_value());
  verdict_.expires = 4'000'000'000;
  cache().store(file_, dependencies_, verdict_);
  EXPECT_TRUE(cache().find(file_, dependencies_).has_value());
  file_.identity.size = 5;
  verdict_.keep = false;
  cache().store(file_, dependencies_, verdict_);
  EXPECT_FALSE(cache().find(file_, dependencies_).has_value());
}

TEST_F(VerdictCacheTest, RemembersNothingWithoutAFolder) {
  const VerdictCache none({}, host_);
  none.store(file_, dependencies_, verdict_);
  EXPECT_FALSE(none.find(file_, dependencies_).has_value());
}

}  // namespace

}  // namespace hezar::plugin
