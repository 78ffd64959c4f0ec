#pragma once

#include <string>
#include <vector>

#include <cli/command.hpp>
#include <commands/hub_arguments.hpp>

namespace hezar::host {

/// `hezar hub download REPO [FILE…]`
class HubDownloadCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override;
  void declare_options(CLI::App& app) override;
  int run(Session& session) override;

 private:
  HubArguments repo_;
  std::vector<std::string> exclude_;
  bool json_ = false;
};

}  // namespace hezar::host
