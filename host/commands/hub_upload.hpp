#pragma once

#include <string>
#include <vector>

#include <cli/command.hpp>
#include <commands/hub_arguments.hpp>

namespace hezar::host {

/// `hezar hub upload`
class HubUploadCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override;
  void declare_options(CLI::App& app) override;
  int run(Session& session) override;

 private:
  HubArguments repo_;
  std::string revision_;
  std::string message_;
  std::vector<std::string> include_;
  std::vector<std::string> exclude_;
  bool private_ = false;
  bool json_ = false;
};

}  // namespace hezar::host
