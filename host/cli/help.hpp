#pragma once

#include <string>

#include <cli/program.hpp>

namespace hezar::host {

/// What `--help` of a verb, of a group or of `hezar` itself prints.
[[nodiscard]] std::string help_text(const Program& program, const CLI::App& app);

}  // namespace hezar::host
