#include <commands/completion.hpp>

#include <string>

#include <cli/program.hpp>
#include <cli/session.hpp>
#include <cli/usage_error.hpp>
#include <commands/completion_script.hpp>

namespace hezar::host {

Description CompletionCommand::describe() const {
  return {"completion",
          "Print a script that completes verbs and options in a shell",
          {{"SHELL", "bash, zsh or fish", true, false, "bash|zsh|fish"}},
          "source <(hezar completion bash)\n"
          "hezar completion fish > ~/.config/fish/completions/hezar.fish"};
}

void CompletionCommand::declare_options(CLI::App& /*app*/) {}

int CompletionCommand::run(Session& session) {
  const std::string& shell = session.positionals[0];
  const CompletionTree tree = completion_tree(session.program());
  if (shell == "bash") {
    session.out.write(bash_completion(tree));
  } else if (shell == "zsh") {
    session.out.write(zsh_completion(tree));
  } else if (shell == "fish") {
    session.out.write(fish_completion(tree));
  } else {
    throw usage_error("completion", "bash, zsh or fish", "\"" + shell + "\"");
  }
  return 0;
}

}  // namespace hezar::host
