#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hezar::tokenizers {

/// Standard base64 with padding. @source RFC 4648, section 4
[[nodiscard]] std::string encode_base64(std::string_view bytes);
/// Nothing where the text is none.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

}  // namespace hezar::tokenizers
