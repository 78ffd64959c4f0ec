#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <hezar/api.hpp>
#include <hezar/hub/upload.hpp>
#include <hezar/module/push_options.hpp>

namespace hezar {

/// The files of a module below its folder, so that load, save and push are one piece of code for
/// every kind.
struct FileLayout {
  std::string subfolder;           ///< "preprocessor"; empty: the folder itself
  std::string config_filename;     ///< "tokenizer_config.yaml"
  std::vector<std::string> files;  ///< others it reads and writes there: "tokenizer.json"
};

/// What every module is: built from a config, findable by name, savable to a folder.
/// @thread const members are safe for concurrent calls on one object.
class HEZAR_API Module {
 public:
  virtual ~Module();
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;

  /// The config in file order: `name` and `config_type` first, then `task` where there is one, then
  /// every field.
  [[nodiscard]] virtual boost::json::object config() const = 0;

  /// Where its files lie below a repo folder.
  [[nodiscard]] virtual FileLayout layout() const = 0;

  /// Writes what layout().files names into `folder`, which exists and already includes the
  /// subfolder.
  virtual void save_files(const std::filesystem::path& folder) const;

  /// An optional ability by its interface id, or null. Override it to offer one; callers use
  /// as<T>().
  [[nodiscard]] virtual void* interface(std::string_view id) noexcept;

  /// This module as a T, found by T::kInterfaceId; null where it is none. Unlike dynamic_cast it
  /// does not depend on how type information is shared between libraries.
  template <class T>
  [[nodiscard]] T* as() noexcept {
    return static_cast<T*>(interface(T::kInterfaceId));
  }

  /// The registry name.
  [[nodiscard]] std::string name() const;

  /// Writes the config (top-level nulls left out) and the files into `folder`, creating folders as
  /// needed. Every file is written beside its target and renamed, so a crash leaves the old one.
  void save(const std::filesystem::path& folder) const;

  /// Makes `repo` ("owner/name", "owner/name@revision") hold what save() writes, by one commit, and
  /// a model card where it has none. The repo is made where there is none; files that it holds
  /// already are not sent, and where nothing changed no commit is made. After a failure the repo is
  /// as it was, and the same call again completes it.
  /// @throws Error kHub, kIo, kCancelled.
  // The result is news, not a duty: NOLINTNEXTLINE(modernize-use-nodiscard)
  hub::UploadResult push_to_hub(const std::string& repo, const PushOptions& options = {}) const;

 protected:
  Module();
};

}  // namespace hezar
