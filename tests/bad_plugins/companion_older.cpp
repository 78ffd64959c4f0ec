#include <bad_plugins/companion.hpp>

namespace hezar::test {

int in_every_version() {
  return 1;
}

}  // namespace hezar::test
