#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace hezar::host {

/// What is done with the pieces of an input. A stage that throws ends the run.
template <class Piece>
struct OrderedStages {
  std::function<bool(Piece&)> read;     ///< one thread at a time; false at the end
  std::function<void(Piece&)> compute;  ///< several threads at once
  std::function<void(Piece&)> write;    ///< one thread at a time, in the order of reading
  /// Makes a `read` that waits for its input give up: the run has failed.
  std::function<void()> give_up = [] {};
};

/// Reads, computes and writes pieces on several threads, the calling one among them. Every thread
/// does all three, so none waits while there is something to do. At most two pieces a thread are in
/// memory, and what is written does not depend on the number of threads.
template <class Piece>
class OrderedRun {
 public:
  explicit OrderedRun(OrderedStages<Piece> stages) : stages_(std::move(stages)) {}

  /// @throws what a stage threw: of several, what comes first in the input. The pieces before it
  /// are written.
  void run(int threads) {
    limit_ = 2 * static_cast<std::size_t>(threads);
    std::vector<std::jthread> others;
    for (int i = 1; i < threads; ++i) others.emplace_back([this] { work(); });
    work();
    others.clear();
    if (error_) std::rethrow_exception(error_);
  }

 private:
  struct Result {
    Piece piece;
    std::exception_ptr error;
  };

  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock,
                    [this] { return is_over_ || (!is_reading_ && next_ < written_ + limit_); });
      if (is_over_) return;
      is_reading_ = true;
      const std::size_t number = next_;
      lock.unlock();
      Result result;
      const bool is_read = guarded(result, [&] { return stages_.read(result.piece); });
      lock.lock();
      is_reading_ = false;
      if (!is_read || result.error) is_over_ = true;
      if (is_read) ++next_;
      changed_.notify_all();
      if (!is_read) return;
      lock.unlock();
      if (!result.error) {
        guarded(result, [&] {
          stages_.compute(result.piece);
          return true;
        });
      }
      lock.lock();
      finished_.emplace(number, std::move(result));
      write_finished(lock);
    }
  }

  /// @return what `stage` does; true where it throws, which `result` then holds.
  template <class Stage>
  static bool guarded(Result& result, const Stage& stage) {
    try {
      return stage();
    } catch (...) {
      result.error = std::current_exception();
      return true;
    }
  }

  /// Writes what is next, unless another thread does so already: it will find this piece too.
  void write_finished(std::unique_lock<std::mutex>& lock) {
    if (is_writing_) return;
    is_writing_ = true;
    while (!error_ && !finished_.empty() && finished_.begin()->first == written_) {
      auto node = finished_.extract(finished_.begin());
      Result& result = node.mapped();
      lock.unlock();
      if (!result.error) {
        guarded(result, [&] {
          stages_.write(result.piece);
          return true;
        });
      }
      if (result.error) stages_.give_up();
      lock.lock();
      if (result.error) {
        error_ = result.error;
        is_over_ = true;
      }
      ++written_;
      changed_.notify_all();
    }
    is_writing_ = false;
  }

  OrderedStages<Piece> stages_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::size_t, Result> finished_;  // but not written
  std::exception_ptr error_;
  std::size_t limit_ = 0;
  std::size_t next_ = 0;     // to be read
  std::size_t written_ = 0;  // how many are
  bool is_reading_ = false;
  bool is_writing_ = false;
  bool is_over_ = false;  // nothing more is read
};

}  // namespace hezar::host
