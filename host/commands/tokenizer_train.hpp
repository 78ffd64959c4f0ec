#pragma once

#include <string>
#include <vector>

#include <cli/command.hpp>

namespace hezar::host {

/// `hezar tokenizer train CONFIG.yaml`
class TokenizerTrainCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override;
  void declare_options(CLI::App& app) override;
  int run(Session& session) override;

 private:
  std::vector<std::string> sets_;
  std::string output_;
  std::string on_error_ = "fail";
  bool json_ = false;
};

}  // namespace hezar::host
