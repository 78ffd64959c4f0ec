#pragma once

#include <cstdint>
#include <type_traits>

#include <fast/kernels.hpp>

namespace hezar::torch::fast {

/// LibTorch's number of threads: those of OpenMP.
[[nodiscard]] int num_threads();

/// Calls `work(context, part)` for parts of [0, count), each on a thread of its own, and returns
/// when all are done. Within another call: on this thread alone. The first exception comes through.
void run_parts(std::int64_t count, void (*work)(void* context, Range part), void* context);

/// As above, with a function object.
/// @param work  void(Range)
template <class Work>
void run_parts(std::int64_t count, const Work& work) {
  run_parts(
      count, [](void* context, Range part) { (*static_cast<const Work*>(context))(part); },
      const_cast<std::remove_const_t<Work>*>(&work));
}

/// Who does a piece of work: all threads together, or the calling one.
class Team {
 public:
  [[nodiscard]] static Team of_all_threads() { return Team(false); }
  [[nodiscard]] static Team of_one() { return Team(true); }

  /// @param work  void(Range), for parts of [0, count).
  template <class Work>
  void share(std::int64_t count, const Work& work) const {
    if (is_alone_) return work(Range{0, count});
    run_parts(count, work);
  }

  [[nodiscard]] bool is_alone() const { return is_alone_; }

 private:
  explicit Team(bool is_alone) : is_alone_(is_alone) {}
  bool is_alone_;
};

}  // namespace hezar::torch::fast
