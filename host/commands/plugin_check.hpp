#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <cli/command.hpp>

namespace hezar::host {

/// `hezar plugin check FILE`
class PluginCheckCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override;
  void declare_options(CLI::App& app) override;
  int run(Session& session) override;

 private:
  [[nodiscard]] std::vector<std::string> arguments(const Session& session) const;

  std::string golden_;
  std::vector<std::string> only_;
  std::vector<std::string> skip_;
  std::int64_t timeout_ = 0;
  bool only_failed_ = false;
  bool list_ = false;
  bool in_process_ = false;
  bool json_ = false;
};

}  // namespace hezar::host
