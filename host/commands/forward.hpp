#pragma once

#include <string>

#include <cli/command.hpp>
#include <commands/model_arguments.hpp>

namespace hezar::host {

/// `hezar forward PATH --input FILE --output OUT.safetensors`
class ForwardCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override;
  void declare_options(CLI::App& app) override;
  int run(Session& session) override;

 private:
  ModelArguments model_;
  std::string input_;
  std::string output_;
};

}  // namespace hezar::host
