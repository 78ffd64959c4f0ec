#pragma once

#include <string>

namespace hezar::hub {

/// The variable without blanks at its ends; empty where it is unset.
[[nodiscard]] std::string environment(const char* name);

/// 1, on, yes or true in any case; anything else is false, as in the official client.
[[nodiscard]] bool environment_flag(const char* name);

/// A path in which `~` and `$NAME` are replaced.
[[nodiscard]] std::string expanded_path(const std::string& path);

/// $HF_HOME, else $XDG_CACHE_HOME/huggingface, else ~/.cache/huggingface.
[[nodiscard]] std::string hf_home();

/// Where the official client keeps what it downloads: $HF_HUB_CACHE, else `hub` below hf_home().
[[nodiscard]] std::string hf_hub_cache();

}  // namespace hezar::hub
