#pragma once

#include <string>
#include <vector>

#include <cli/command.hpp>
#include <commands/model_arguments.hpp>

namespace hezar::host {

/// `hezar bench PATH`
class BenchCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override;
  void declare_options(CLI::App& app) override;
  int run(Session& session) override;

 private:
  std::string device_ = "cpu";
  std::string precisions_ = "fp32,bf16,int8";
  std::string batch_sizes_ = "1,32";
  std::string lengths_ = "16,128";
  std::int64_t runs_ = 5;
  bool json_ = false;
};

}  // namespace hezar::host
