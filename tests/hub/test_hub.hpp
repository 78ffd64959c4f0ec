#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include <sys/types.h>

#include <boost/json.hpp>

namespace hezar::test {

/// A token that the test hub knows, of "tester", who may write to tester/ and hezarai/.
inline constexpr std::string_view kHubToken = "hf_testtoken";
/// One that it knows too, of someone who may not.
inline constexpr std::string_view kStrangerToken = "hf_strangertoken";

/// A running tests/hub/serve.py with repos of its own, ended with this object. JSON is given as
/// text; testhub/control.py and testhub/faults.py say what it may hold.
class TestHub {
 public:
  TestHub();
  ~TestHub();
  TestHub(const TestHub&) = delete;
  TestHub& operator=(const TestHub&) = delete;

  /// "http://127.0.0.1:PORT", for HF_ENDPOINT.
  [[nodiscard]] const std::string& url() const { return url_; }
  /// Where LFS contents lie: another origin.
  [[nodiscard]] const std::string& cdn_url() const { return cdn_url_; }

  /// Makes or changes a repo. @return the new commit.
  std::string put_repo(const boost::json::value& repo);
  /// A model repo with `files`: {"path": "text", ...}.
  std::string put_model(std::string_view id, boost::json::object files);
  void fault(std::string_view rule);
  void clear_faults();
  void set(std::string_view settings);

  /// Every request since the start or clear_log(), in order.
  [[nodiscard]] boost::json::array log();
  void clear_log();
  /// Requests of `method` (empty: any) whose target holds `part`.
  [[nodiscard]] std::size_t count(std::string_view method, std::string_view part = {});
  /// Bytes of bodies sent by the content server.
  [[nodiscard]] std::int64_t bytes_from_cdn();
  /// The content of a file in a repo's newest commit.
  [[nodiscard]] std::string content(std::string_view id, std::string_view path);
  /// Commits of a revision, newest first: [{"id", "title", "files": {path: {...}}}].
  [[nodiscard]] boost::json::array commits(std::string_view id, std::string_view revision = "main",
                                           std::string_view type = "model");

 private:
  boost::json::value ask(std::string_view method, std::string_view what, std::string_view body);

  std::filesystem::path folder_;
  pid_t child_ = -1;
  int input_ = -1;
  std::string url_;
  std::string cdn_url_;
};

}  // namespace hezar::test
