#pragma once

#include <cli/command.hpp>

namespace hezar::host {

/// `hezar detokenize PATH IDS...`
class DetokenizeCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override;
  void declare_options(CLI::App& app) override;
  int run(Session& session) override;

 private:
  bool keep_special_tokens_ = false;
  bool json_ = false;
};

}  // namespace hezar::host
