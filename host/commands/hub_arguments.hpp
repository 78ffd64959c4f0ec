#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <cli/cli11.hpp>

#include <hezar/hub/repo.hpp>

namespace hezar::host {

/// A repo as the verbs of `hezar hub` take it.
struct HubArguments {
  std::string type = "model";

  void declare(CLI::App& app);
  /// @param text  `owner/name` or `owner/name@revision`.
  /// @throws UsageError.
  [[nodiscard]] hub::RepoId parse(std::string_view text) const;
};

/// "417.9 MB", in powers of ten as the Hub shows sizes.
[[nodiscard]] std::string size_text(std::uint64_t bytes);

}  // namespace hezar::host
