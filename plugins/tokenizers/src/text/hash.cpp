#include <text/hash.hpp>

#include <random>

namespace hezar::tokenizers {

const std::uint64_t kHashSeed = [] {
  std::random_device random;
  return std::uint64_t{random()} << 32U | random() | 1U;
}();

}  // namespace hezar::tokenizers
