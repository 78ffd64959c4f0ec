#pragma once

#include <string>
#include <vector>

#include <bulk/bulk.hpp>
#include <cli/command.hpp>

namespace hezar::host {

/// `hezar normalize NAME|PATH [TEXT...]`
class NormalizeCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override;
  void declare_options(CLI::App& app) override;
  int run(Session& session) override;

 private:
  BulkOptions bulk_;
  std::vector<std::string> sets_;
};

}  // namespace hezar::host
