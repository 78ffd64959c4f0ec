#include <engine/helpers.hpp>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <thread>

namespace hezar::tokenizers {

namespace {

/// Waits for what is about to happen without sleeping, from which waking takes 30 to 60 us: as long
/// as encoding 5 KB. Batches of 70 KB take 1.5 times as long where threads sleep between them.
template <class Happened>
void spin(const Happened& happened) {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::microseconds kLongest{100};
  for (const auto begin = Clock::now(); !happened() && Clock::now() - begin < kLongest;) {
    std::this_thread::yield();
  }
}

}  // namespace

Helpers::~Helpers() {
  for (std::jthread& thread : threads_) thread.request_stop();
}

void Helpers::run(std::size_t count, const std::function<void(std::size_t)>& work) {
  if (count == 0) {
    work(0);
    return;
  }
  std::unique_lock lock(mutex_);
  while (threads_.size() < count) {
    threads_.emplace_back([this](const std::stop_token& stop) { wait_for_work(stop); });
  }
  Call& call = calls_.emplace_back(work, count);
  const auto place = std::prev(calls_.end());
  ++call_count_;
  lock.unlock();
  called_.notify_all();
  work(0);
  lock.lock();
  call.wanted = 0;  // who did not begin yet finds nothing left
  lock.unlock();
  spin([&] { return call.busy == 0; });
  lock.lock();
  finished_.wait(lock, [&] { return call.busy == 0; });
  calls_.erase(place);
}

void Helpers::wait_for_work(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  const auto wants_help = [](const Call& call) { return call.wanted > 0; };
  while (true) {
    std::list<Call>::iterator call;
    const bool is_called = called_.wait(lock, stop, [&] {
      call = std::find_if(calls_.begin(), calls_.end(), wants_help);
      return call != calls_.end();
    });
    if (!is_called) return;
    --call->wanted;
    ++call->busy;
    const std::size_t number = ++call->begun;
    lock.unlock();
    call->work(number);
    lock.lock();
    --call->busy;
    finished_.notify_all();
    const std::size_t calls = call_count_;
    lock.unlock();
    spin([&] { return call_count_ != calls || stop.stop_requested(); });
    lock.lock();
  }
}

}  // namespace hezar::tokenizers
