#pragma once

#include <check.hpp>

/// Of preprocessors that are tokenizers; others have nothing to report.
namespace hezar::testing {

Fault check_tokenizer_rows(ModuleSubject& subject);
Fault check_tokenizer_offsets(ModuleSubject& subject);
Fault check_tokenizer_vocabulary(ModuleSubject& subject);
Fault check_tokenizer_special_tokens(ModuleSubject& subject);
Fault check_tokenizer_padding(ModuleSubject& subject);
Fault check_tokenizer_truncation(ModuleSubject& subject);
Fault check_tokenizer_decode(ModuleSubject& subject);

}  // namespace hezar::testing
