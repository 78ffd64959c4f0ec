#pragma once

#include <cli/command.hpp>

namespace hezar::host {

/// `hezar plugin list`
class PluginListCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override;
  void declare_options(CLI::App& app) override;
  int run(Session& session) override;

 private:
  bool strict_ = false;
  bool json_ = false;
};

}  // namespace hezar::host
