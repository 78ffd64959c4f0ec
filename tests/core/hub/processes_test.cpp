#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>
#include <random>
#include <thread>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <hub_fixture.hpp>

namespace hezar::hub::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr unsigned kNobody = 65'534;

struct Limits {
  const char* preload = nullptr;
  std::int64_t file_bytes = -1;  ///< no file may be larger
  bool without_rights = false;   ///< as a user who owns nothing
};

class ProcessesTest : public HubFixture {
 protected:
  ProcessesTest() {
    put_repo();
    set("HF_HUB_DOWNLOAD_TIMEOUT", "5");
  }

  [[nodiscard]] pid_t start(const Limits& limits = {}) {
    const std::string errors = (home_ / "errors").string();
    const pid_t child = ::fork();
    if (child != 0) return child;
    const int file = ::open(errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
    ::dup2(file, STDERR_FILENO);
    ::dup2(::open("/dev/null", O_WRONLY), STDOUT_FILENO);
    if (limits.preload != nullptr) ::setenv("LD_PRELOAD", limits.preload, 1);
    if (limits.file_bytes >= 0) {
      const rlimit limit{static_cast<rlim_t>(limits.file_bytes),
                         static_cast<rlim_t>(limits.file_bytes)};
      ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    if (limits.without_rights && ::setuid(kNobody) != 0) ::_exit(126);
    ::execl(HEZAR_HUB_FETCH, HEZAR_HUB_FETCH, repo_.id.c_str(), nullptr);
    ::_exit(127);
  }

  /// The exit code, 128 + the number of a signal.
  [[nodiscard]] static int wait_for(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  [[nodiscard]] std::vector<int> run_together(std::size_t count, const Limits& limits = {}) {
    std::vector<pid_t> children;
    for (std::size_t i = 0; i < count; ++i) children.push_back(start(limits));
    std::vector<int> codes;
    for (const pid_t child : children) codes.push_back(wait_for(child));
    return codes;
  }

  [[nodiscard]] std::string errors() const { return content_of(home_ / "errors"); }

  /// Lets a user without rights get to the cache, and own nothing of it.
  void make_readable() {
    for (const fs::path& path : {cache_.path(), home_.path()})
      fs::permissions(path, static_cast<fs::perms>(0755));
    fs::permissions(home_.put("errors", ""), fs::perms::all);
  }
};

TEST_F(ProcessesTest, CompletesAfterAnyKill) {
  // The pace leaves the kills in every stage: before, within and after the bodies.
  hub_.fault(R"({"server": "cdn", "bytes_per_s": 1500000, "times": 0})");
  std::mt19937 random(7);
  int killed = 0;
  for (int round = 0; round < 12; ++round) {
    const pid_t child = start();
    std::this_thread::sleep_for(std::chrono::milliseconds(20 + random() % 250));
    ::kill(child, SIGKILL);
    killed += wait_for(child) == 128 + SIGKILL ? 1 : 0;
    expect_good_cache();
  }
  EXPECT_GT(killed, 0);
  hub_.clear_faults();
  EXPECT_EQ(wait_for(start()), 0) << errors();
  expect_whole();
  EXPECT_THAT(partials(), IsEmpty());
  // What a killed run had received but not yet written is sent again.
  EXPECT_LE(hub_.bytes_from_cdn(), 1'000'000 + killed * (768 << 10));
}

TEST_F(ProcessesTest, DownloadsOnceForEverybody) {
  hub_.fault(R"({"server": "cdn", "bytes_per_s": 2000000, "times": 0})");
  hub_.clear_log();
  for (const int code : run_together(8)) EXPECT_EQ(code, 0) << errors();
  expect_whole();
  std::size_t gets = 0;
  for (const boost::json::value& request : hub_.log())
    gets += request.at("server").as_string() == "cdn" ? 1 : 0;
  EXPECT_EQ(gets, 1U);
  EXPECT_THAT(partials(), IsEmpty());
}

TEST_F(ProcessesTest, StaysWholeWhereLocksExcludeNobody) {
  for (const int code : run_together(8, {HEZAR_NO_LOCKS})) EXPECT_EQ(code, 0) << errors();
  expect_whole();
  expect_good_cache();
}

TEST_F(ProcessesTest, LeavesNothingBehindWhenTheDiskIsFull) {
  EXPECT_EQ(wait_for(start({nullptr, 500'000})), 1);
  EXPECT_THAT(errors(), AllOf(HasSubstr("to write a download"), HasSubstr("--cache-dir")));
  EXPECT_THAT(partials(), IsEmpty());
  expect_good_cache();
  EXPECT_EQ(wait_for(start()), 0) << errors();
  expect_whole();
}

TEST_F(ProcessesTest, ReadsACacheThatItMayNotWriteTo) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can become somebody without rights";
  make_readable();
  EXPECT_EQ(wait_for(start({nullptr, -1, true})), 1);
  EXPECT_THAT(errors(), AllOf(HasSubstr("expected a cache that can be written to"),
                              HasSubstr("--cache-dir")));
  ASSERT_EQ(wait_for(start()), 0) << errors();
  EXPECT_EQ(wait_for(start({nullptr, -1, true})), 0) << errors();
}

}  // namespace
}  // namespace hezar::hub::testing
