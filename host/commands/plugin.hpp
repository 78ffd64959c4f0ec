#pragma once

#include <cli/command.hpp>

namespace hezar::host {

/// `hezar plugin list|info|path|why|doctor|check`
class PluginCommand : public Group {
 public:
  [[nodiscard]] Description describe() const override;
  [[nodiscard]] std::vector<std::unique_ptr<Command>> verbs() override;
};

}  // namespace hezar::host
