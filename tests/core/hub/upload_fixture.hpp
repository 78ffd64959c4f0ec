#pragma once

#include <cstdlib>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include <hezar/error/error.hpp>
#include <hezar/hub/upload.hpp>

#include <core/io/temp_folder.hpp>
#include <hub/test_hub.hpp>

namespace hezar::hub::testing {

/// A test hub that the environment names, and a folder to push to it.
class UploadFixture : public ::testing::Test {
 protected:
  UploadFixture() {
    ::setenv("HF_ENDPOINT", hub_.url().c_str(), 1);
    ::setenv("HF_TOKEN", std::string(test::kHubToken).c_str(), 1);
    ::setenv("HF_HOME", (home_ / "").c_str(), 1);
    ::setenv("HEZAR_HUB_MAX_WAIT", "0.02", 1);  // seconds between attempts
    ::setenv("HF_HUB_ETAG_TIMEOUT", "5", 1);
    ::unsetenv("HF_HUB_OFFLINE");
    hub_.set(R"({"multipart_threshold": 200000, "multipart_chunk": 60000})");
  }

  /// A small file, one for LFS, and one that is sent in parts.
  void put_files() {
    files_ = {{"model_config.yaml", "name: x\n"},
              {"preprocessor/tokenizer.json", "{}"},
              {"model.pt", std::string(50'000, 'm')},
              {"big.bin", many_bytes(310'000)}};
    for (const auto& [name, content] : files_) folder_.put(name, content);
  }

  [[nodiscard]] static std::string many_bytes(std::size_t size) {
    std::string out(size, '\0');
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<char>(i * 31 % 251);
    return out;
  }

  UploadResult upload(const UploadOptions& options = {}) {
    return upload_folder(folder_.path(), repo_, options);
  }

  std::string error_of_upload(const UploadOptions& options = {}) {
    try {
      static_cast<void>(upload(options));
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  }

  [[nodiscard]] std::size_t commits() { return hub_.commits(repo_.id).size(); }

  void expect_pushed() {
    for (const auto& [name, content] : files_)
      EXPECT_TRUE(hub_.content(repo_.id, name) == content) << name;
  }

  io::testing::TempFolder folder_;
  io::testing::TempFolder home_;
  std::map<std::string, std::string> files_;
  test::TestHub hub_;
  RepoId repo_{"hezarai/pushed", "main", RepoType::kModel};
};

}  // namespace hezar::hub::testing
