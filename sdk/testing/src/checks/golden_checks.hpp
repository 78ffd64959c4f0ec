#pragma once

#include <check.hpp>

namespace hezar::testing {

Fault check_golden_file(GoldenSubject& subject);
Fault check_golden_values(GoldenSubject& subject);

}  // namespace hezar::testing
