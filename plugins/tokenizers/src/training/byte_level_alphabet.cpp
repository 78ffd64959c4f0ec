#include <hezar/text/utf8.hpp>
#include <hezar/tokenizers/training.hpp>

#include <text/byte_level.hpp>

namespace hezar::tokenizers {

std::vector<std::string> byte_level_alphabet() {
  std::vector<std::string> out;
  out.reserve(byte_level::kCharacters.size());
  for (const char32_t character : byte_level::kCharacters) {
    text::append_utf8(out.emplace_back(), character);
  }
  return out;
}

}  // namespace hezar::tokenizers
