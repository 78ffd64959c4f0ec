#include <hub/parallel_jobs.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace hezar::hub {

namespace {

constexpr std::size_t kMaxThreads = 8;  // as the official client; more gain nothing
constexpr std::chrono::milliseconds kTick{100};

class Pool {
 public:
  Pool(const std::vector<Job>& jobs, const Settings& settings) : jobs_(jobs), settings_(settings) {}

  void run(const std::stop_token& stop, const std::function<void()>& tick) {
    const std::stop_callback pass_on(stop, [this] { source_.request_stop(); });
    const std::size_t count = std::min(jobs_.size(), kMaxThreads);
    running_ = count;  // the first threads may end before the last begin
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < count; ++i) threads.emplace_back([this] { work(); });
    wait(tick);
    threads.clear();
    if (error_) std::rethrow_exception(error_);
  }

 private:
  void wait(const std::function<void()>& tick) {
    std::unique_lock lock(mutex_);
    while (!ended_.wait_for(lock, kTick, [this] { return running_ == 0; })) {
      lock.unlock();
      tick();
      lock.lock();
    }
    lock.unlock();
    tick();
  }

  void work() {
    try {
      HttpClient client(settings_);
      while (const Job* job = next()) (*job)(client, source_.get_token());
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!error_) error_ = std::current_exception();
      source_.request_stop();
    }
    const std::lock_guard lock(mutex_);
    --running_;
    ended_.notify_one();
  }

  const Job* next() {
    const std::lock_guard lock(mutex_);
    if (error_ || at_ == jobs_.size()) return nullptr;
    return &jobs_[at_++];
  }

  const std::vector<Job>& jobs_;
  const Settings& settings_;
  std::stop_source source_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::size_t at_ = 0;
  std::size_t running_ = 0;
  std::exception_ptr error_;
};

}  // namespace

void run_jobs(const std::vector<Job>& jobs, const Settings& settings, const std::stop_token& stop,
              const std::function<void()>& tick) {
  Pool(jobs, settings).run(stop, tick);
}

}  // namespace hezar::hub
