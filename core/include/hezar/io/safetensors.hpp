#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/api.hpp>
#include <hezar/io/read_options.hpp>
#include <hezar/io/state_dict.hpp>
#include <hezar/tensor/tensor.hpp>

/// safetensors files: https://github.com/huggingface/safetensors, judged against its Python package
/// 0.8.0.
namespace hezar::io {

/// An open safetensors file: the whole header is validated before any data is touched.
/// @thread const members are safe for concurrent calls.
class HEZAR_API SafetensorsFile {
 public:
  struct Entry {
    std::string name;
    std::string dtype;  ///< as in the file: "F32", "F6_E2M3"
    Shape shape;
    std::uint64_t begin = 0;  ///< in bytes of the data section
    std::uint64_t end = 0;
  };

  /// @throws Error kFormat; message begins with the file's path, then a code in capitals
  /// (HEADER_TOO_SMALL, ...).
  [[nodiscard]] static SafetensorsFile open(const std::filesystem::path& file,
                                            const ReadOptions& options = {});
  ~SafetensorsFile();
  SafetensorsFile(SafetensorsFile&&) noexcept;
  SafetensorsFile& operator=(SafetensorsFile&&) noexcept;

  /// In file order of the header.
  [[nodiscard]] const std::vector<Entry>& entries() const;
  [[nodiscard]] const std::map<std::string, std::string>& metadata() const;

  [[nodiscard]] bool contains(std::string_view name) const;

  /// @throws Error kKey for an unknown name, kValue for an element type that no tensor has (6-bit
  /// floats).
  [[nodiscard]] Tensor get(std::string_view name) const;
  [[nodiscard]] StateDict state_dict() const;

 private:
  struct Impl;
  explicit SafetensorsFile(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Reads every tensor that a `model.safetensors.index.json` maps, from its shards beside it.
/// @throws Error kFormat with INDEX_BAD_JSON, INDEX_BAD_FILENAME or SHARD_TENSOR_MISSING, kIo for a
/// missing shard.
[[nodiscard]] HEZAR_API StateDict read_safetensors_index(const std::filesystem::path& index_file,
                                                         const ReadOptions& options = {});

/// Writes `tensors` atomically, byte for byte as the Python package does: wide element types first,
/// then by name. Tensors that share memory are written as copies; strided ones become dense.
/// @throws Error kValue for a name that is not UTF-8, repeated or "__metadata__", and for a tensor
/// that is undefined or not on the CPU; kIo (disk full, no permission): the old file is intact.
HEZAR_API void write_safetensors(const std::filesystem::path& file, const StateDict& tensors,
                                 const std::map<std::string, std::string>& metadata = {
                                     {"format", "pt"}});

inline constexpr std::int64_t kTensorAlignment = 64;  ///< bytes: a cache line

/// As write_safetensors(), but for the order: every tensor whose bytes are a multiple of
/// kTensorAlignment begins at a multiple of it in the file, thus in the memory it is mapped to.
HEZAR_API void write_aligned_safetensors(const std::filesystem::path& file,
                                         const StateDict& tensors,
                                         const std::map<std::string, std::string>& metadata);

}  // namespace hezar::io
