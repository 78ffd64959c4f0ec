#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <hezar/error/error.hpp>
#include <hezar/hub/cache.hpp>
#include <hezar/hub/download.hpp>

#include <core/io/temp_folder.hpp>
#include <hub/test_hub.hpp>

namespace hezar::hub::testing {

namespace fs = std::filesystem;

inline std::string many_bytes(std::size_t size) {
  std::string out(size, '\0');
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<char>(i * 31 % 251 + i / 65'536);
  return out;
}

inline std::string content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// A test hub that the environment names, and an empty cache.
class HubFixture : public ::testing::Test {
 protected:
  HubFixture() {
    for (const char* name : {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_HUB_OFFLINE",
                             "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_SYMLINKS", "HF_HUB_CACHE",
                             "HF_HUB_DISABLE_IMPLICIT_TOKEN", "HTTP_PROXY", "http_proxy"})
      ::unsetenv(name);
    set("HF_ENDPOINT", hub_.url());
    set("HEZAR_CACHE_DIR", cache_.path().string());
    set("HF_HOME", (home_ / "").string());
    set("HEZAR_HUB_MAX_WAIT", "0.02");  // seconds between attempts
    set("HF_HUB_ETAG_TIMEOUT", "20");   // a busy machine is no silent server
    set("HF_HUB_DOWNLOAD_TIMEOUT", "20");
  }
  ~HubFixture() override { ::unsetenv("HF_HUB_OFFLINE"); }

  static void set(const char* name, const std::string& value) { ::setenv(name, value.c_str(), 1); }

  /// A model repo of a small file and a large one, which lies on the content server.
  void put_repo() {
    large_ = many_bytes(1'000'000);
    commit_ = hub_.put_model(repo_.id, {{"model_config.yaml", "name: x\n"},
                                        {"preprocessor/tokenizer.json", "{}"},
                                        {"model.pt", large_file("large", large_)}});
  }

  /// A file that lies on the content server.
  boost::json::object large_file(std::string_view name, std::string_view content) {
    return {{"path", home_.put(name, content).string()}, {"lfs", true}};
  }

  [[nodiscard]] fs::path folder() const { return cache_ / "models--hezarai--x"; }
  [[nodiscard]] fs::path snapshot() const { return folder() / "snapshots" / commit_; }

  [[nodiscard]] std::string error_of(const RepoId& repo, const FileSelection& files = {}) {
    try {
      static_cast<void>(download_files(repo, files));
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  }
  [[nodiscard]] std::string error_of_large() { return error_of(repo_, {{"model.pt"}, {}, {}}); }

  void expect_whole() {
    EXPECT_TRUE(content_of(snapshot() / "model.pt") == large_);
    EXPECT_EQ(content_of(snapshot() / "model_config.yaml"), "name: x\n");
    EXPECT_EQ(content_of(snapshot() / "preprocessor" / "tokenizer.json"), "{}");
  }

  /// Names in blobs/ that are no finished blobs.
  [[nodiscard]] std::vector<std::string> partials() const {
    std::vector<std::string> out;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder() / "blobs", error)) {
      const std::string name = entry.path().filename().string();
      if (name.ends_with(".incomplete")) out.push_back(name);
    }
    return out;
  }

  /// Everything in the cache is what its name says.
  void expect_good_cache() {
    for (const CachedRepo& repo : cached_repos()) {
      for (const CacheProblem& problem : verify_cached(repo, false))
        ADD_FAILURE() << problem.file << ": " << problem.what;
    }
  }

  io::testing::TempFolder cache_;
  io::testing::TempFolder home_;
  test::TestHub hub_;
  RepoId repo_{"hezarai/x", "main", RepoType::kModel};
  std::string large_;
  std::string commit_;
};

}  // namespace hezar::hub::testing
