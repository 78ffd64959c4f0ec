#include <commands/hub_arguments.hpp>

#include <array>

#include <fmt/format.h>

#include <cli/options.hpp>
#include <cli/usage_error.hpp>

#include <hezar/text/concat.hpp>

namespace hezar::host {

void HubArguments::declare(CLI::App& app) {
  add_choice(app, "--type", type, "model|dataset|space", "Kind of the repo (default: model)");
}

hub::RepoId HubArguments::parse(std::string_view text) const {
  std::optional<hub::RepoId> repo = hub::parse_repo_id(text);
  if (!repo) {
    throw usage_error("hub", "a repo like owner/name or owner/name@revision",
                      text::concat("\"", text, "\""));
  }
  repo->type = hub::parse_repo_type(type);
  return *repo;
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::array kUnits = {"B", "kB", "MB", "GB", "TB"};
  auto size = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (size >= 999.95 && unit + 1 < kUnits.size()) {
    size /= 1000;
    ++unit;
  }
  return unit == 0 ? fmt::format("{} B", bytes) : fmt::format("{:.1f} {}", size, kUnits.at(unit));
}

}  // namespace hezar::host
