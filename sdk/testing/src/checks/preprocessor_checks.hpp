#pragma once

#include <check.hpp>

namespace hezar::testing {

Fault check_preprocessor_determinism(ModuleSubject& subject);
Fault check_preprocessor_batch(ModuleSubject& subject);
Fault check_preprocessor_bad_text(ModuleSubject& subject);
Fault check_preprocessor_options(ModuleSubject& subject);
Fault check_preprocessor_save(ModuleSubject& subject);

}  // namespace hezar::testing
