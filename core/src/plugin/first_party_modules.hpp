#pragma once

#include <span>
#include <string_view>

#include <hezar/registry/kind.hpp>

namespace hezar::plugin {

struct FirstPartyModule {
  Kind kind;
  std::string_view name;
  std::string_view plugin;
};

/// Every module that hezar's own plugins bring, whether they are installed or not.
[[nodiscard]] std::span<const FirstPartyModule> first_party_modules() noexcept;

}  // namespace hezar::plugin
