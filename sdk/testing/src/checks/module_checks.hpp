#pragma once

#include <check.hpp>

/// What every module must do, whatever its kind.
namespace hezar::testing {

Fault check_description(ModuleSubject& subject);
Fault check_defaults(ModuleSubject& subject);
Fault check_build(ModuleSubject& subject);
Fault check_identity(ModuleSubject& subject);
Fault check_config(ModuleSubject& subject);
Fault check_extra_keys(ModuleSubject& subject);
Fault check_unknown_override(ModuleSubject& subject);
Fault check_wrong_type(ModuleSubject& subject);
Fault check_interface(ModuleSubject& subject);
Fault check_save(ModuleSubject& subject);

}  // namespace hezar::testing
