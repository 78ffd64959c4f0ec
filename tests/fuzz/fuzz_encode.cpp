#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/error/error.hpp>
#include <hezar/text/utf8.hpp>
#include <hezar/tokenizers/engine.hpp>

namespace {

using hezar::Encoding;
using hezar::TokenizerInput;
using hezar::tokenizers::Engine;
using hezar::tokenizers::EngineOptions;
using hezar::tokenizers::PaddingParams;
using hezar::tokenizers::Side;
using hezar::tokenizers::TruncationParams;

const std::vector<Engine>& engines() {
  static const std::vector<Engine> all = [] {
    std::vector<Engine> out;
    for (const char* name :
         {"wordpiece_360", "wordpiece_raw_160", "byte_level_480", "metaspace_430", "whisper_300"}) {
      out.push_back(Engine::read(std::string(HEZAR_TEST_DATA "/tokenizers/") + name + ".json"));
    }
    return out;
  }();
  return all;
}

/// Takes the bytes of the input one after the other; zeros at its end.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size)
      : rest_(reinterpret_cast<const char*>(data), size) {}
  std::uint8_t next() {
    if (rest_.empty()) return 0;
    const auto byte = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

EngineOptions options_from(Bytes& bytes) {
  EngineOptions out;
  const unsigned flags = bytes.next();
  out.add_special_tokens = (flags & 1U) != 0;
  out.return_tokens = (flags & 2U) != 0;
  out.return_offsets = (flags & 4U) != 0;
  out.return_word_ids = (flags & 8U) != 0;
  out.return_special_tokens_mask = (flags & 16U) != 0;
  out.return_overflowing = (flags & 32U) != 0;
  if ((flags & 64U) != 0) {
    TruncationParams truncation;
    truncation.max_length = bytes.next() % 64;
    truncation.stride = bytes.next() % 8;
    truncation.strategy = static_cast<hezar::Truncation>(bytes.next() % 4);
    truncation.direction = bytes.next() % 2 == 0 ? Side::kLeft : Side::kRight;
    out.truncation = truncation;
  }
  if ((flags & 128U) != 0) {
    PaddingParams padding;
    if (const std::uint8_t length = bytes.next(); length != 0) padding.length = length;
    padding.direction = bytes.next() % 2 == 0 ? Side::kLeft : Side::kRight;
    padding.multiple_of = bytes.next() % 16;
    out.padding = padding;
  }
  return out;
}

void expect(bool condition) {
  if (!condition) __builtin_trap();
}

void check(const Encoding& row, const EngineOptions& options, std::int64_t characters) {
  const std::size_t size = row.ids.size();
  expect(row.type_ids.size() == size && row.attention_mask.size() == size);
  expect(!options.return_tokens || row.tokens.size() == size);
  expect(!options.return_word_ids || row.word_ids.size() == size);
  expect(!options.return_special_tokens_mask || row.special_tokens_mask.size() == size);
  expect(!options.return_offsets || row.offsets.size() == size);
  for (const hezar::Span& span : row.offsets) {
    expect(0 <= span.start && span.start <= span.end && span.end <= characters);
  }
  for (const Encoding& overflow : row.overflowing) check(overflow, options, characters);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  const Engine& engine = engines()[bytes.next() % engines().size()];
  const EngineOptions options = options_from(bytes);
  TokenizerInput input;
  input.text = bytes.rest();
  if (const std::size_t cut = input.text.find('\0'); cut != std::string_view::npos) {
    input.pair = input.text.substr(cut + 1);
    input.text = input.text.substr(0, cut);
  }
  const bool is_valid = !hezar::text::find_invalid_utf8(bytes.rest());
  try {
    const Encoding row = engine.encode_batch({&input, 1}, options).at(0);
    expect(is_valid);
    check(row, options, static_cast<std::int64_t>(hezar::text::count_characters(bytes.rest())));
    expect(!hezar::text::find_invalid_utf8(engine.decode(row.ids, true)));
    expect(!hezar::text::find_invalid_utf8(engine.normalize(input.text)));
  } catch (const hezar::Error&) {
    expect(!is_valid || options.truncation || options.padding);
  }
  return 0;
}
