#pragma once

#include <check.hpp>

namespace hezar::testing {

Fault check_embedding_words(ModuleSubject& subject);
Fault check_embedding_similar(ModuleSubject& subject);
Fault check_embedding_unknown_word(ModuleSubject& subject);
Fault check_embedding_save(ModuleSubject& subject);

}  // namespace hezar::testing
