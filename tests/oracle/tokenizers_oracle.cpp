#include <cstdint>
#include <cstring>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include <hezar/error/error.hpp>
#include <hezar/tokenizers/engine.hpp>

/// What the engine makes of texts, for check_tokenizers.py:
///
///     tokenizers_oracle TOKENIZER.json < texts > rows
///
/// Texts and columns are a length (uint32, little-endian) and that many bytes. A row is ids, type
/// ids, special tokens mask, offsets and word ids as int32, then tokens with 0x1f between them, the
/// decoded text without and with special tokens, and the normalized text.
namespace {

using hezar::Encoding;
using hezar::Integers;
using hezar::tokenizers::Engine;
using hezar::tokenizers::EngineOptions;

class Output {
 public:
  void text(std::string_view bytes) {
    size(bytes.size());
    out_.append(bytes);
    if (out_.size() > kFlushed) flush();
  }
  void integers(const Integers& values) {
    size(values.size() * sizeof(std::int32_t));
    for (const std::int64_t value : values) integer(static_cast<std::int32_t>(value));
  }
  void spans(const hezar::Spans& spans) {
    size(spans.size() * 2 * sizeof(std::int32_t));
    for (const hezar::Span& span : spans) {
      integer(static_cast<std::int32_t>(span.start));
      integer(static_cast<std::int32_t>(span.end));
    }
  }
  void flush() {
    std::cout.write(out_.data(), static_cast<std::streamsize>(out_.size())).flush();
    out_.clear();
  }

 private:
  static constexpr std::size_t kFlushed = std::size_t{1} << 20U;

  void size(std::size_t bytes) { integer(static_cast<std::int32_t>(bytes)); }
  void integer(std::int32_t value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    out_.append(bytes, sizeof value);
  }

  std::string out_;
};

void write_row(const Engine& engine, std::string_view text, Output& out) {
  EngineOptions options;
  options.return_tokens = true;
  options.return_offsets = true;
  options.return_word_ids = true;
  options.return_special_tokens_mask = true;
  const Encoding row = engine.encode(text, options);
  out.integers(row.ids);
  out.integers(row.type_ids);
  out.integers(row.special_tokens_mask);
  out.spans(row.offsets);
  out.integers(row.word_ids);
  std::string tokens;
  for (const std::string& token : row.tokens) tokens.append(token).push_back('\x1f');
  out.text(tokens);
  out.text(engine.decode(row.ids));
  out.text(engine.decode(row.ids, false));
  out.text(engine.normalize(text));
}

int run(const char* file) {
  const Engine engine = Engine::read(file);
  const std::string input{std::istreambuf_iterator<char>(std::cin), {}};
  Output out;
  for (std::size_t at = 0; at + sizeof(std::uint32_t) <= input.size();) {
    std::uint32_t size = 0;
    std::memcpy(&size, input.data() + at, sizeof size);
    at += sizeof size;
    write_row(engine, std::string_view(input).substr(at, size), out);
    at += size;
  }
  out.flush();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  try {
    return run(argv[1]);
  } catch (const hezar::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
