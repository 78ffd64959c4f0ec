// tokenize TOKENIZER.json TEXT...: the tokens of each text.

#include <exception>
#include <iostream>
#include <string>

#include <hezar/tokenizers/engine.hpp>

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: tokenize TOKENIZER.json TEXT...\n";
    return 2;
  }
  try {
    const auto engine = hezar::tokenizers::Engine::read(argv[1]);
    hezar::tokenizers::EngineOptions options;
    options.return_tokens = true;
    for (int i = 2; i < argc; ++i) {
      for (const std::string& token : engine.encode(argv[i], options).tokens) {
        std::cout << token << " ";
      }
      std::cout << "\n";
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
