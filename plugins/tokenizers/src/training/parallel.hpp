#pragma once

#include <cstddef>
#include <functional>

namespace hezar::tokenizers {

/// Calls work(worker, index) for every index below `count`, on up to `threads` threads of which the
/// calling one is worker 0. Which worker gets which index is not determined.
/// @throws what `work` threw for the lowest index, after all threads ended.
void parallel_for(int threads, std::size_t count,
                  const std::function<void(std::size_t worker, std::size_t index)>& work);

}  // namespace hezar::tokenizers
