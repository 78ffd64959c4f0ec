#pragma once

#include <cli/command.hpp>

namespace hezar::host {

/// `hezar completion bash|zsh|fish`
class CompletionCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override;
  void declare_options(CLI::App& app) override;
  int run(Session& session) override;
};

}  // namespace hezar::host
