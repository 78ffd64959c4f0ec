#pragma once

#include <filesystem>
#include <string>

#include <io/file_handle.hpp>

namespace hezar::plugin {

/// A folder in a store that hosts do not look into, removed unless it was published.
class DraftFolder {
 public:
  explicit DraftFolder(std::filesystem::path path) : path_(std::move(path)) {}
  ~DraftFolder();
  DraftFolder(DraftFolder&& other) noexcept;
  DraftFolder& operator=(DraftFolder&&) = delete;
  DraftFolder(const DraftFolder&) = delete;
  DraftFolder& operator=(const DraftFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

/// The folder of a user's plugins, with no other process changing it while this lives.
///
/// Every change is one rename, so a host sees a plugin's old folder, its new one or none, and a
/// process that is killed leaves at most a draft, which the next one removes.
class StoreFolder {
 public:
  /// Makes the folder where there is none, and waits for others.
  /// @throws Error kIo, also where others may write to it: plugins there would not be used.
  explicit StoreFolder(std::filesystem::path path);

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

  /// @throws Error kIo.
  [[nodiscard]] DraftFolder draft() const;
  /// The draft becomes the folder `name`; what had that name is removed.
  /// @throws Error kIo; everything is as it was.
  void publish(const DraftFolder& draft, const std::string& name) const;
  /// @throws Error kIo; everything is as it was.
  void remove(const std::string& name) const;

 private:
  std::filesystem::path path_;
  io::FileHandle lock_;
};

}  // namespace hezar::plugin
