#pragma once

#include <check.hpp>

/// What a plugin's file must be like; nothing of it is run.
namespace hezar::testing {

Fault check_descriptor(const FileSubject& subject);
Fault check_host(const FileSubject& subject);
Fault check_dependencies(const FileSubject& subject);
Fault check_links(const FileSubject& subject);
Fault check_exports(const FileSubject& subject);
Fault check_unique_symbols(const FileSubject& subject);
Fault check_search_path(const FileSubject& subject);
Fault check_text_relocations(const FileSubject& subject);
Fault check_stack(const FileSubject& subject);
Fault check_never_unloaded(const FileSubject& subject);
Fault check_module_list(const FileSubject& subject);

}  // namespace hezar::testing
