#pragma once

#include <filesystem>
#include <string>

namespace hezar::host {

/// A folder that comes to be with all that was written to it, or not at all: it is filled as a
/// draft beside its place, which is removed unless it was finished.
class NewFolder {
 public:
  /// Makes the draft, and the folders above it that are missing.
  /// @param folder  absent or empty.
  /// @param hint    what to do where it is neither, or cannot be written.
  /// @throws Error kValue, kIo.
  NewFolder(const std::filesystem::path& folder, std::string hint);
  ~NewFolder();
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& draft() const { return draft_; }

  /// Puts the draft in its place.
  /// @throws Error kIo.
  void finish();

 private:
  std::filesystem::path given_;   ///< as errors name it
  std::filesystem::path folder_;  ///< absolute
  std::filesystem::path parent_;  ///< empty unless made here
  std::filesystem::path draft_;
  std::string hint_;
};

}  // namespace hezar::host
