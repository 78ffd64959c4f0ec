#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/error/error.hpp>
#include <hezar/log/log.hpp>

namespace hezar {
namespace {

/// Puts the level back, which is the process's.
class LogTest : public testing::Test {
 protected:
  void TearDown() override { log::set_level(before_); }

  template <class Act>
  static std::string captured(Act&& act) {
    testing::internal::CaptureStderr();
    act();
    return testing::internal::GetCapturedStderr();
  }

 private:
  log::Level before_ = log::level();
};

TEST_F(LogTest, WritesLevelsInTheReferencesForm) {
  log::set_level(log::Level::kTrace);
  const std::string text = captured([] {
    log::write(log::Level::kTrace, "a");
    log::debug("b");
    log::info("c");
    log::warning("d");
    log::error("e");
  });
  EXPECT_EQ(text,
            "Hezar (TRACE): a\nHezar (DEBUG): b\nHezar (INFO): c\nHezar (WARNING): d\n"
            "Hezar (ERROR): e\n");
}

TEST_F(LogTest, DropsWhatIsBelowTheLevel) {
  log::set_level(log::Level::kWarning);
  EXPECT_EQ(captured([] {
              log::info("quiet");
              log::warning("loud");
            }),
            "Hezar (WARNING): loud\n");
  log::set_level(log::Level::kOff);
  EXPECT_EQ(captured([] { log::error("never"); }), "");
}

TEST_F(LogTest, WritesTextAsItIs) {
  log::set_level(log::Level::kInfo);
  EXPECT_EQ(captured([] { log::info("100% {} %s سلام"); }), "Hezar (INFO): 100% {} %s سلام\n");
}

TEST_F(LogTest, ReadsAndGivesBackEveryLevel) {
  const std::vector<std::pair<std::string, log::Level>> levels = {
      {"trace", log::Level::kTrace},     {"debug", log::Level::kDebug}, {"info", log::Level::kInfo},
      {"warning", log::Level::kWarning}, {"error", log::Level::kError}, {"off", log::Level::kOff}};
  for (const auto& [name, level] : levels) {
    EXPECT_EQ(log::level_from_name(name), level);
    log::set_level(level);
    EXPECT_EQ(log::level(), level);
  }
}

TEST_F(LogTest, NamesTheLevelsWhenOneIsUnknown) {
  try {
    static_cast<void>(log::level_from_name("warn"));
    FAIL();
  } catch (const Error& e) {
    EXPECT_THAT(e.what(), testing::StartsWith("log level: expected a level, got \"warn\". Nearest: "
                                              "warning."));
  }
}

TEST_F(LogTest, KeepsLinesOfThreadsWhole) {
  log::set_level(log::Level::kInfo);
  const std::string text = captured([] {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([] {
        for (int line = 0; line < 50; ++line) log::info("0123456789");
      });
    }
    for (std::thread& thread : threads) thread.join();
  });
  std::string wanted;
  for (int i = 0; i < 200; ++i) wanted += "Hezar (INFO): 0123456789\n";
  EXPECT_EQ(text, wanted);
}

}  // namespace
}  // namespace hezar
