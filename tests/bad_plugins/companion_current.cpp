#include <bad_plugins/companion.hpp>

namespace hezar::test {

int in_every_version() {
  return 1;
}

int since_the_current_version(int value) {
  return value;
}

}  // namespace hezar::test
