#pragma once

#include <string>

#include <cli/command.hpp>

namespace hezar::host {

/// `hezar convert PATH|REPO OUT [--precision bf16|int8]`
class ConvertCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override;
  void declare_options(CLI::App& app) override;
  int run(Session& session) override;

 private:
  std::string precision_ = "fp32";
  std::string format_ = "safetensors";
  bool json_ = false;
};

}  // namespace hezar::host
