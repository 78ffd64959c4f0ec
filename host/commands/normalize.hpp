#pragma once

#include <bulk/bulk.hpp>
#include <cli/command.hpp>

namespace hezar::host {

/// `hezar normalize PATH [TEXT...]`
class NormalizeCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override;
  void declare_options(CLI::App& app) override;
  int run(Session& session) override;

 private:
  BulkOptions bulk_;
};

}  // namespace hezar::host
