#pragma once

#include <cli/command.hpp>

namespace hezar::host {

/// `hezar plugin install FILE|DIR`
class PluginInstallCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override;
  void declare_options(CLI::App& app) override;
  int run(Session& session) override;

 private:
  bool replace_ = false;
  bool json_ = false;
};

}  // namespace hezar::host
