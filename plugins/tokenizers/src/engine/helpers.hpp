#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace hezar::tokenizers {

/// Threads that wait for work, kept from call to call: starting one takes as long as encoding 4 KB.
/// @thread safe for concurrent calls.
class Helpers {
 public:
  Helpers() = default;
  ~Helpers();
  Helpers(const Helpers&) = delete;
  Helpers& operator=(const Helpers&) = delete;

  /// Calls work(0) on this thread, and at the same time work(1), work(2), ... on up to `count`
  /// others that are free. It must take its share from what all of them do, and must not throw.
  void run(std::size_t count, const std::function<void(std::size_t)>& work);

 private:
  struct Call {
    Call(const std::function<void(std::size_t)>& work_of_all, std::size_t helpers)
        : work(work_of_all), wanted(helpers) {}
    const std::function<void(std::size_t)>& work;
    std::size_t wanted;  // helpers that did not begin yet
    std::size_t begun = 0;
    std::atomic<std::size_t> busy = 0;
  };
  void wait_for_work(const std::stop_token& stop);

  std::mutex mutex_;
  std::condition_variable_any called_;
  std::condition_variable finished_;
  std::list<Call> calls_;
  std::atomic<std::size_t> call_count_ = 0;  // of all times
  std::vector<std::jthread> threads_;
};

}  // namespace hezar::tokenizers
