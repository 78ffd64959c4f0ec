#pragma once

#include <check.hpp>

namespace hezar::testing {

Fault check_model_outputs(ModuleSubject& subject);
Fault check_model_determinism(ModuleSubject& subject);
Fault check_model_batch(ModuleSubject& subject);
Fault check_model_bad_input(ModuleSubject& subject);
Fault check_model_options(ModuleSubject& subject);
Fault check_model_weights(ModuleSubject& subject);

}  // namespace hezar::testing
