#pragma once

#include <string>

#include <gtest/gtest.h>

#include <fake_repo.hpp>

#include <hub/test_hub.hpp>

namespace hezar::test {

/// `hezar` beside a test hub, with a cache of its own.
class HubFixture : public ::testing::Test {
 protected:
  /// Runs it with the fake modules and a token.
  RunResult run_hub(const std::vector<std::string>& arguments, RunOptions options = {}) {
    options.env.insert({{"HF_ENDPOINT", hub_.url()},
                        {"HF_HOME", repo_.path("home")},
                        {"HF_TOKEN", std::string(kHubToken)},
                        {"HEZAR_CACHE_DIR", cache()},
                        {"HEZAR_HUB_MAX_WAIT", "0.02"}});
    return run_fake(arguments, options);
  }
  [[nodiscard]] std::string cache() const { return repo_.path("cache"); }

  FakeRepo repo_;
  TestHub hub_;
};

}  // namespace hezar::test
