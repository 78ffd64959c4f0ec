#pragma once

#include <string>

#include <cli/command.hpp>

namespace hezar::host {

/// `hezar plugin new KIND NAME`
class PluginNewCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override;
  void declare_options(CLI::App& app) override;
  int run(Session& session) override;

 private:
  std::string dir_;
  bool no_torch_ = false;
  bool json_ = false;
};

}  // namespace hezar::host
