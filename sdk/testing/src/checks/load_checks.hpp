#pragma once

#include <check.hpp>

/// What opening a plugin may do to the process that opens it. Each needs a process of its own.
namespace hezar::testing {

Fault check_opening(const FileSubject& subject);
Fault check_registering(const FileSubject& subject);
Fault check_registered_list(const FileSubject& subject);
Fault check_registering_twice(const FileSubject& subject);
Fault check_load_time(const FileSubject& subject);
Fault check_load_output(const FileSubject& subject);
Fault check_load_threads(const FileSubject& subject);
Fault check_load_environment(const FileSubject& subject);
Fault check_load_folder(const FileSubject& subject);
Fault check_load_locale(const FileSubject& subject);
Fault check_load_signals(const FileSubject& subject);
Fault check_load_descriptors(const FileSubject& subject);
Fault check_load_float_mode(const FileSubject& subject);

}  // namespace hezar::testing
