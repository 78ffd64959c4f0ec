#pragma once

#include <cli/command.hpp>
#include <commands/hub_arguments.hpp>

namespace hezar::host {

/// `hezar hub cache rm REPO…`
class HubCacheRmCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override;
  void declare_options(CLI::App& app) override;
  int run(Session& session) override;

 private:
  HubArguments repo_;
  bool json_ = false;
};

}  // namespace hezar::host
