#include <csignal>
#include <memory>
#include <string>
#include <vector>

#include <cli/program.hpp>
#include <commands/bench.hpp>
#include <commands/completion.hpp>
#include <commands/config.hpp>
#include <commands/convert.hpp>
#include <commands/detokenize.hpp>
#include <commands/forward.hpp>
#include <commands/hub.hpp>
#include <commands/info.hpp>
#include <commands/list.hpp>
#include <commands/normalize.hpp>
#include <commands/plugin.hpp>
#include <commands/predict.hpp>
#include <commands/tokenize.hpp>
#include <commands/tokenizer.hpp>

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away is seen where we write
  std::signal(SIGXFSZ, SIG_IGN);  // so is a limit on the size of files
  using namespace hezar::host;
  std::vector<std::unique_ptr<Command>> verbs;
  verbs.push_back(std::make_unique<ListCommand>());
  verbs.push_back(std::make_unique<InfoCommand>());
  verbs.push_back(std::make_unique<PredictCommand>());
  verbs.push_back(std::make_unique<ForwardCommand>());
  verbs.push_back(std::make_unique<TokenizeCommand>());
  verbs.push_back(std::make_unique<DetokenizeCommand>());
  verbs.push_back(std::make_unique<NormalizeCommand>());
  verbs.push_back(std::make_unique<TokenizerCommand>());
  verbs.push_back(std::make_unique<ConfigCommand>());
  verbs.push_back(std::make_unique<ConvertCommand>());
  verbs.push_back(std::make_unique<BenchCommand>());
  verbs.push_back(std::make_unique<HubCommand>());
  verbs.push_back(std::make_unique<PluginCommand>());
  verbs.push_back(std::make_unique<CompletionCommand>());
  Program program(std::move(verbs));
  return program.run(std::vector<std::string>(argv + 1, argv + argc));
}
