#include <faulty_plugins/fault.hpp>

namespace hezar::test {

const Fault kFault = Fault::HEZAR_TEST_FAULT;

}  // namespace hezar::test
