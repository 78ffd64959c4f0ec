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
  /// Between those two, where given: on the calling thread alone, in the order of reading. For what
  /// has threads of its own, which those of one caller are (a network).
  std::function<void(Piece&)> serial = {};
  std::function<void(Piece&)> write;  ///< one thread at a time, in the order of reading
  /// Makes a `read` that waits for its input give up: the run has failed.
  std::function<void()> give_up = [] {};
};

/// Reads, computes and writes pieces on several threads, the calling one among them. Every thread
/// does all three, so none waits while there is something to do; where there is a serial stage, the
/// calling thread does that and the others the rest. At most two pieces a thread are in memory, and
/// what is written does not depend on the number of threads.
template <class Piece>
class OrderedRun {
 public:
  explicit OrderedRun(OrderedStages<Piece> stages) : stages_(std::move(stages)) {}

  /// @throws what a stage threw: of several, what comes first in the input. The pieces before it
  /// are written.
  void run(int threads) {
    limit_ = 2 * static_cast<std::size_t>(threads);
    serves_ = stages_.serial && threads > 1;
    std::vector<std::jthread> others;
    for (int i = 1; i < threads; ++i) others.emplace_back([this] { work(); });
    if (serves_) {
      serve();
    } else {
      work();
    }
    others.clear();
    if (error_) std::rethrow_exception(error_);
  }

 private:
  struct Result {
    Piece piece;
    std::exception_ptr error;
  };
  using Lock = std::unique_lock<std::mutex>;

  void work() {
    Lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return is_done() || can_write() || can_read(); });
      if (can_write()) {
        write_next(lock);
      } else if (can_read()) {
        read_next(lock);
      } else {
        return;
      }
    }
  }

  [[nodiscard]] bool can_read() const {
    return !is_over_ && !is_reading_ && next_ < written_ + limit_;
  }
  [[nodiscard]] bool can_write() const {
    return !is_writing_ && !error_ && finished_.contains(written_);
  }
  [[nodiscard]] bool is_done() const { return error_ || (is_over_ && written_ == next_); }

  /// Reads and computes a piece.
  void read_next(Lock& lock) {
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
    do_stage(stages_.compute, result);
    if (!serves_ && stages_.serial) do_stage(stages_.serial, result);
    lock.lock();
    (serves_ ? computed_ : finished_).emplace(number, std::move(result));
    changed_.notify_all();
  }

  void serve() {
    Lock lock(mutex_);
    std::size_t next = 0;
    while (true) {
      changed_.wait(
          lock, [&] { return error_ || computed_.contains(next) || (is_over_ && next == next_); });
      if (error_ || !computed_.contains(next)) return;
      auto node = computed_.extract(next++);
      lock.unlock();
      do_stage(stages_.serial, node.mapped());
      lock.lock();
      finished_.insert(std::move(node));
      changed_.notify_all();
    }
  }

  void write_next(Lock& lock) {
    is_writing_ = true;
    auto node = finished_.extract(written_);
    Result& result = node.mapped();
    lock.unlock();
    do_stage(stages_.write, result);
    if (result.error) stages_.give_up();
    lock.lock();
    if (result.error) {
      error_ = result.error;
      is_over_ = true;
    }
    ++written_;
    is_writing_ = false;
    changed_.notify_all();
  }

  /// Nothing where an earlier stage threw.
  static void do_stage(const std::function<void(Piece&)>& stage, Result& result) {
    if (result.error) return;
    guarded(result, [&] {
      stage(result.piece);
      return true;
    });
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

  OrderedStages<Piece> stages_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::size_t, Result> computed_;  // but not through the serial stage
  std::map<std::size_t, Result> finished_;  // but not written
  std::exception_ptr error_;
  std::size_t limit_ = 0;
  std::size_t next_ = 0;     // to be read
  std::size_t written_ = 0;  // how many are
  bool serves_ = false;      // the calling thread does the serial stage
  bool is_reading_ = false;
  bool is_writing_ = false;
  bool is_over_ = false;  // nothing more is read
};

}  // namespace hezar::host
