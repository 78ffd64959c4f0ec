#include <training/parallel.hpp>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace hezar::tokenizers {

void parallel_for(int threads, std::size_t count,
                  const std::function<void(std::size_t worker, std::size_t index)>& work) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr error;
  std::size_t failed = count;
  const auto run = [&](std::size_t worker) {
    for (std::size_t index = next++; index < count; index = next++) {
      try {
        work(worker, index);
      } catch (...) {
        const std::scoped_lock lock(mutex);
        if (index < failed) {
          failed = index;
          error = std::current_exception();
        }
        next = count;
      }
    }
  };
  const std::size_t workers = std::min(static_cast<std::size_t>(std::max(threads, 1)), count);
  {
    std::vector<std::jthread> others;
    for (std::size_t worker = 1; worker < workers; ++worker) others.emplace_back(run, worker);
    run(0);
  }
  if (error) std::rethrow_exception(error);
}

}  // namespace hezar::tokenizers
