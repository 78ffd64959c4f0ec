#include <hezar/api.hpp>

namespace hezar::test {

// One variable for all libraries of a process that have this line.
[[gnu::used]] HEZAR_API inline int shared_counter = 0;

}  // namespace hezar::test
