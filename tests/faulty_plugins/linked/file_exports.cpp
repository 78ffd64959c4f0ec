#include <hezar/api.hpp>

namespace hezar::test {

HEZAR_API int helper_that_any_plugin_may_have();
int helper_that_any_plugin_may_have() {
  return 1;
}

}  // namespace hezar::test
