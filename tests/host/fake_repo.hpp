#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <process.hpp>

namespace hezar::test {

/// A temporary folder with a repo of the fake model in `repo/`, removed at the end.
class FakeRepo {
 public:
  FakeRepo();
  ~FakeRepo();
  FakeRepo(const FakeRepo&) = delete;
  FakeRepo& operator=(const FakeRepo&) = delete;

  /// The model's folder.
  [[nodiscard]] std::string model() const { return path("repo"); }
  /// A path in the temporary folder.
  [[nodiscard]] std::string path(const std::string& name) const {
    return (folder_ / name).string();
  }
  /// Writes a file there and gives its path.
  // Many tests know the path: NOLINTNEXTLINE(modernize-use-nodiscard)
  std::string write(const std::string& name, const std::string& content) const;
  [[nodiscard]] std::string read(const std::string& name) const;
  /// Names in the temporary folder, sorted.
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::filesystem::path folder_;
};

/// Runs `hezar` where it sees the plugin of the fake modules.
[[nodiscard]] RunResult run_fake(std::vector<std::string> arguments,
                                 const RunOptions& options = {});
/// `arguments` with the global options that show the plugin.
[[nodiscard]] std::vector<std::string> with_fake(std::vector<std::string> arguments);

}  // namespace hezar::test
