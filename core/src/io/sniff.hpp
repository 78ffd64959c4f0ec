#pragma once

#include <cstddef>
#include <string>

namespace hezar::io {

/// What a file that is not what its name says probably is, from its first bytes.
struct Sniffed {
  std::string what;  ///< "a git-lfs pointer"; empty when nothing is recognised
  std::string hint;  ///< what to do about it
};

[[nodiscard]] Sniffed sniff(const std::byte* data, std::size_t size);

}  // namespace hezar::io
