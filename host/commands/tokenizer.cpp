#include <commands/tokenizer.hpp>

#include <commands/tokenizer_train.hpp>

namespace hezar::host {

Description TokenizerCommand::describe() const {
  return {"tokenizer",
          "Train tokenizers",
          {},
          "hezar tokenizer train config.yaml --output my-tokenizer"};
}

std::vector<std::unique_ptr<Command>> TokenizerCommand::verbs() {
  std::vector<std::unique_ptr<Command>> verbs;
  verbs.push_back(std::make_unique<TokenizerTrainCommand>());
  return verbs;
}

}  // namespace hezar::host
