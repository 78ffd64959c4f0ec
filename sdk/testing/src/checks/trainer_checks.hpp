#pragma once

#include <check.hpp>

namespace hezar::testing {

Fault check_trainer_parts(ModuleSubject& subject);
Fault check_trainer_order(ModuleSubject& subject);
Fault check_trainer_foreign_model(ModuleSubject& subject);

}  // namespace hezar::testing
