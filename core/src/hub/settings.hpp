#pragma once

#include <chrono>
#include <string>

namespace hezar::hub {

/// How the Hub is spoken to.
struct Settings {
  std::string endpoint = "https://huggingface.co";  ///< without a slash at its end
  std::string token;                                ///< empty: none. Never logged or stored
  bool offline = false;                             ///< no socket is ever opened
  bool symlinks = true;                             ///< links in the cache, where it can hold them
  std::chrono::milliseconds metadata_timeout{10'000};  ///< longest silence of a small answer
  std::chrono::milliseconds download_timeout{10'000};  ///< longest silence within a file
  std::chrono::milliseconds max_wait{300'000};         ///< longest pause before another attempt
  std::string user_agent;

  /// Reads HF_ENDPOINT, HF_TOKEN and the other variables of the official client, and
  /// HEZAR_HUB_MAX_WAIT (seconds).
  /// @param token  used instead of the one that the environment or the token file names.
  /// @throws Error kValue naming the variable that cannot be used.
  [[nodiscard]] static Settings from_environment(const std::string& token = {});
};

}  // namespace hezar::hub
