#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <hezar/io/files.hpp>

#include <io/zip_reader.hpp>

namespace hezar::io {

/// The bytes that tensors of one storage share.
struct TorchStorage {
  std::byte* data = nullptr;
  std::size_t size = 0;
  std::shared_ptr<void> owner;  // shared with every tensor that views it
  bool are_bools = false;       ///< every byte has been seen to be 0 or 1
};

/// A file of torch.save: `<top>/data.pkl` beside the storages `<top>/data/<key>`.
class TorchArchive {
 public:
  /// @param map  false: storages are copied into owned memory.
  /// @throws Error kFormat, naming what the file is when it is something else that people meet.
  TorchArchive(const std::filesystem::path& file, bool map);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// The checked bytes of data.pkl, valid as long as this object.
  [[nodiscard]] std::string_view pickle() const;

  /// The storage of that key, checked on first use.
  [[nodiscard]] TorchStorage& storage(std::string_view key);

 private:
  void find_top();
  void check_byte_order() const;

  std::string name_;
  std::shared_ptr<MappedFile> file_;  // shared: storages view it
  std::unique_ptr<ZipReader> zip_;
  std::string top_;  // "model/"
  bool map_;
  std::map<std::string, TorchStorage, std::less<>> storages_;
};

}  // namespace hezar::io
