#pragma once

#include <string>

#include <boost/json.hpp>

namespace hezar {

/// The README.md of a module's repo: metadata that the Hub's search reads, and how to use it.
/// @param config    of the module.
/// @param repo_id   "owner/name".
/// @param language  code of the language; empty: not said.
[[nodiscard]] std::string model_card(const boost::json::object& config, const std::string& repo_id,
                                     const std::string& language);

}  // namespace hezar
