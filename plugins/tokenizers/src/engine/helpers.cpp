#include <engine/helpers.hpp>

#include <algorithm>

namespace hezar::tokenizers {

Helpers::~Helpers() {
  for (std::jthread& thread : threads_) thread.request_stop();
}

void Helpers::run(std::size_t count, const std::function<void()>& work) {
  if (count == 0) {
    work();
    return;
  }
  std::unique_lock lock(mutex_);
  while (threads_.size() < count) {
    threads_.emplace_back([this](const std::stop_token& stop) { wait_for_work(stop); });
  }
  const auto call = calls_.insert(calls_.end(), Call{work, count});
  lock.unlock();
  called_.notify_all();
  work();
  lock.lock();
  call->wanted = 0;  // who did not begin yet finds nothing left
  finished_.wait(lock, [&] { return call->busy == 0; });
  calls_.erase(call);
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
    lock.unlock();
    call->work();
    lock.lock();
    --call->busy;
    finished_.notify_all();
  }
}

}  // namespace hezar::tokenizers
