#pragma once

#include <memory>
#include <vector>

#include <cli/command.hpp>

namespace hezar::host {

/// `hezar hub cache`
class HubCacheCommand : public Group {
 public:
  [[nodiscard]] Description describe() const override;
  [[nodiscard]] std::vector<std::unique_ptr<Command>> verbs() override;
};

}  // namespace hezar::host
