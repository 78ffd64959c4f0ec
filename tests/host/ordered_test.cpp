#include <bulk/ordered.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hezar::host {
namespace {

using testing::ElementsAreArray;
using testing::Le;

/// Pieces are numbers, and are written doubled.
class OrderedRunTest : public testing::Test {
 protected:
  [[nodiscard]] OrderedStages<int> stages(int count) {
    return {.read =
                [this, count](int& piece) {
                  piece = next_++;
                  return piece < count;
                },
            .compute =
                [this](int& piece) {
                  const int held = ++held_;
                  int most = most_;
                  while (held > most && !most_.compare_exchange_weak(most, held)) {
                  }
                  if (piece % 7 == 0) std::this_thread::yield();
                  piece *= 2;
                },
            .write =
                [this](int& piece) {
                  --held_;
                  written_.push_back(piece);
                }};
  }
  static std::string error_of(OrderedRun<int>& run, int threads) {
    try {
      run.run(threads);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "no error";
  }
  static std::vector<int> doubled(int count) {
    std::vector<int> out(static_cast<std::size_t>(count));
    std::iota(out.begin(), out.end(), 0);
    for (int& value : out) value *= 2;
    return out;
  }

  std::thread::id caller_ = std::this_thread::get_id();
  int next_ = 0;
  std::atomic<int> held_ = 0;
  std::atomic<int> most_ = 0;
  std::vector<int> written_;
};

TEST_F(OrderedRunTest, WritesInTheOrderOfReading) {
  for (const int threads : {1, 2, 5}) {
    next_ = 0;
    written_.clear();
    OrderedRun<int> run(stages(1000));
    run.run(threads);
    EXPECT_THAT(written_, ElementsAreArray(doubled(1000))) << threads;
  }
}

TEST_F(OrderedRunTest, HoldsAtMostTwoPiecesAThread) {
  OrderedRun<int> run(stages(2000));
  run.run(3);
  EXPECT_THAT(most_.load(), Le(6));
}

TEST_F(OrderedRunTest, WritesWhatComesBeforeAnError) {
  for (const int threads : {1, 4}) {
    next_ = 0;
    written_.clear();
    OrderedStages<int> failing = stages(1000);
    failing.compute = [](int& piece) {
      if (piece >= 500) throw std::runtime_error(std::to_string(piece));
      piece *= 2;
    };
    OrderedRun<int> run(failing);
    EXPECT_EQ(error_of(run, threads), "500");
    EXPECT_THAT(written_, ElementsAreArray(doubled(500)));
  }
}

TEST_F(OrderedRunTest, DoesTheSerialStageOnTheCallingThreadInOrder) {
  for (const int threads : {1, 2, 4}) {
    next_ = 0;
    written_.clear();
    std::vector<int> seen;
    std::vector<std::thread::id> others;
    OrderedStages<int> serial = stages(1000);
    serial.serial = [&](int& piece) {
      seen.push_back(piece);
      if (std::this_thread::get_id() != caller_) others.push_back(std::this_thread::get_id());
    };
    OrderedRun<int> run(serial);
    run.run(threads);
    EXPECT_THAT(seen, ElementsAreArray(doubled(1000))) << threads;
    EXPECT_THAT(written_, ElementsAreArray(doubled(1000))) << threads;
    EXPECT_TRUE(others.empty()) << threads;
    EXPECT_THAT(most_.load(), Le(8));
  }
}

TEST_F(OrderedRunTest, ReadsAndWritesWhileTheSerialStageIsBusy) {
  std::atomic<int> reading = 0;
  std::atomic<int> writing = 0;
  OrderedStages<int> serial = stages(10);
  const auto read = serial.read;
  serial.read = [&, read](int& piece) {
    reading = next_;
    return read(piece);
  };
  serial.write = [&](int&) { ++writing; };
  serial.serial = [&](int& piece) {
    if (piece != 4) return;
    // The third piece waits for the fourth to be read and for the second to be written.
    while (reading < 3 || writing < 2) std::this_thread::yield();
  };
  OrderedRun<int> run(serial);
  run.run(3);
  EXPECT_EQ(writing, 10);
}

TEST_F(OrderedRunTest, WritesWhatComesBeforeAnErrorOfTheSerialStage) {
  for (const int threads : {1, 3}) {
    next_ = 0;
    written_.clear();
    OrderedStages<int> failing = stages(1000);
    failing.serial = [](int& piece) {
      if (piece >= 600) throw std::runtime_error(std::to_string(piece));
    };
    OrderedRun<int> run(failing);
    EXPECT_EQ(error_of(run, threads), "600");
    EXPECT_THAT(written_, ElementsAreArray(doubled(300)));
  }
}

TEST_F(OrderedRunTest, TellsAnErrorOfReadingOrWriting) {
  OrderedStages<int> reading = stages(1000);
  reading.read = [this](int& piece) {
    if (next_ == 20) throw std::runtime_error("read");
    piece = next_++;
    return true;
  };
  OrderedRun<int> first(reading);
  EXPECT_EQ(error_of(first, 3), "read");
  EXPECT_THAT(written_, ElementsAreArray(doubled(20)));

  next_ = 0;
  OrderedStages<int> writing = stages(1000);
  writing.write = [](int& piece) {
    if (piece == 40) throw std::runtime_error("write");
  };
  OrderedRun<int> second(writing);
  EXPECT_EQ(error_of(second, 3), "write");
}

TEST_F(OrderedRunTest, WakesAReaderThatWaitsWhenThereIsAnError) {
  std::atomic<bool> is_over = false;
  OrderedStages<int> waiting = stages(1000);
  waiting.read = [&](int& piece) {
    piece = next_++;
    while (piece > 0 && !is_over) std::this_thread::yield();
    return piece == 0;
  };
  waiting.compute = [](int&) { throw std::runtime_error("first"); };
  waiting.give_up = [&] { is_over = true; };
  OrderedRun<int> run(waiting);
  EXPECT_EQ(error_of(run, 2), "first");
}

}  // namespace
}  // namespace hezar::host
