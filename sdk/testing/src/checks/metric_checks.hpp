#pragma once

#include <check.hpp>

namespace hezar::testing {

Fault check_metric_determinism(ModuleSubject& subject);
Fault check_metric_permutation(ModuleSubject& subject);
Fault check_metric_best(ModuleSubject& subject);
Fault check_metric_lengths(ModuleSubject& subject);
Fault check_metric_bad_input(ModuleSubject& subject);

}  // namespace hezar::testing
