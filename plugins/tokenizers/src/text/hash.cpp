#include <text/hash.hpp>

#include <sys/random.h>

namespace hezar::tokenizers {

namespace {

std::uint64_t random_seed() noexcept {
  std::uint64_t seed = 0;
  const bool is_random =
      ::getrandom(&seed, sizeof seed, GRND_NONBLOCK) == static_cast<ssize_t>(sizeof seed);
  // Just after the start of a machine there may be none; then where this lies in memory is random.
  if (!is_random) seed = reinterpret_cast<std::uintptr_t>(&kHashSeed);
  return seed | 1U;
}

}  // namespace

const std::uint64_t kHashSeed = random_seed();

}  // namespace hezar::tokenizers
