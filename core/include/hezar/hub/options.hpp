#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

namespace hezar::hub {

/// Called about ten times a second with bytes done and in all; from the calling thread.
using ByteProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// What calls to the Hub have in common. The environment says the rest: HF_ENDPOINT, HF_TOKEN,
/// HF_HUB_OFFLINE, proxies, timeouts.
struct HubOptions {
  std::filesystem::path cache_dir;  ///< empty: cache_dir()
  std::string token;                ///< empty: $HF_TOKEN or the token file
  std::stop_token stop;             ///< ends in Error kCancelled; what came so far is kept
  ByteProgress progress;
};

}  // namespace hezar::hub
