#pragma once

#include <check.hpp>

namespace hezar::testing {

Fault check_dataset_rows(ModuleSubject& subject);
Fault check_dataset_range(ModuleSubject& subject);
Fault check_dataset_collator(ModuleSubject& subject);

}  // namespace hezar::testing
