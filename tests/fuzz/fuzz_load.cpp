#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <hezar/error/error.hpp>
#include <hezar/tokenizers/engine.hpp>

namespace {

using hezar::Encoding;
using hezar::tokenizers::Engine;
using hezar::tokenizers::EngineOptions;

/// What was read must also work, and be read again when it is written.
void use(const Engine& engine) {
  constexpr std::string_view kTexts[] = {"", "Hello, <s>w\xC3\xB6rld</s>  12", "سلام\u200cدنیا 😀"};
  EngineOptions options;
  options.return_tokens = options.return_offsets = options.return_word_ids = true;
  for (const std::string_view text : kTexts) {
    try {
      const Encoding row = engine.encode(text, options);
      static_cast<void>(engine.decode(row.ids, false));
    } catch (const hezar::Error&) {  // a regex that backtracks without bound, for example
    }
  }
  const std::string written = boost::json::serialize(engine.to_json());
  static_cast<void>(Engine::parse(written, "written"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  try {
    const Engine engine = Engine::parse(json, "fuzz");
    try {
      use(engine);
    } catch (const hezar::Error&) {
      __builtin_trap();  // what the engine writes, it reads
    }
  } catch (const hezar::Error&) {
  }
  return 0;
}
