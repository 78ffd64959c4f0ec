#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include <plugin/proof.hpp>

namespace hezar::plugin {

/// Remembers verdicts, one small file for each plugin. A verdict holds for one state of the plugin
/// file, the host and the plugin's own dependencies; where any changed it is as if there was none.
/// Whatever goes wrong with the files costs a child process, nothing else.
/// @thread safe for concurrent calls and processes.
class VerdictCache {
 public:
  /// @param folder  made when something is stored; empty: remembers nothing.
  VerdictCache(std::filesystem::path folder, const HostAbi& host);

  [[nodiscard]] std::optional<Verdict> find(const PluginFile& file,
                                            const std::vector<std::string>& dependencies) const;
  void store(const PluginFile& file, const std::vector<std::string>& dependencies,
             const Verdict& verdict) const;

 private:
  [[nodiscard]] std::filesystem::path file_of(const FileIdentity& identity) const;
  [[nodiscard]] boost::json::object key_of(const FileIdentity& identity,
                                           const std::vector<std::string>& dependencies) const;

  std::filesystem::path folder_;
  std::string host_;
};

}  // namespace hezar::plugin
