#pragma once

#include <string>

#include <cli/command.hpp>

namespace hezar::host {

/// `hezar list [KIND] [--task T]`
class ListCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override;
  void declare_options(CLI::App& app) override;
  int run(Session& session) override;

 private:
  std::string task_;
  bool json_ = false;
};

}  // namespace hezar::host
