#include <fast/team.hpp>

#include <algorithm>
#include <exception>

#include <omp.h>

namespace hezar::torch::fast {

int num_threads() {
  return ::omp_in_parallel() != 0 ? 1 : ::omp_get_max_threads();
}

// at::parallel_for would do, but its header is serial where the including file is not compiled for
// OpenMP, and then shares no precompiled header with the others.
void run_parts(std::int64_t count, void (*work)(void* context, Range part), void* context) {
  const auto threads = static_cast<int>(std::min<std::int64_t>(num_threads(), count));
  if (threads <= 1) return work(context, {0, count});
  std::exception_ptr thrown;
#pragma omp parallel num_threads(threads)
  {
    const std::int64_t team = ::omp_get_num_threads();
    const std::int64_t member = ::omp_get_thread_num();
    try {
      work(context, {count * member / team, count * (member + 1) / team});
    } catch (...) {
#pragma omp critical
      thrown = std::current_exception();
    }
  }
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace hezar::torch::fast
