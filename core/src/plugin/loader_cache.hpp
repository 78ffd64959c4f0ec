#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace hezar::plugin {

/// Where the dynamic loader finds libraries by name: its /etc/ld.so.cache, read within bounds.
class LoaderCache {
 public:
  /// Anything that is no such cache gives an empty one.
  explicit LoaderCache(std::string_view bytes);
  [[nodiscard]] static LoaderCache load(const std::filesystem::path& file = "/etc/ld.so.cache");

  /// Empty where the cache does not know `name`.
  [[nodiscard]] std::filesystem::path find(std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> paths_;
};

}  // namespace hezar::plugin
