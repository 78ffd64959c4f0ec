#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <hezar/api.hpp>
#include <hezar/tensor/tensor.hpp>

namespace hezar {

/// Named weights in file order. Names are data: any bytes, compared exactly.
/// @thread const members are safe for concurrent calls.
class HEZAR_API StateDict {
 public:
  using Item = std::pair<std::string, Tensor>;

  void add(std::string name, Tensor tensor);
  /// The first of that name; null when absent. Valid until the next add.
  [[nodiscard]] const Tensor* find(std::string_view name) const noexcept;
  [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }
  [[nodiscard]] bool empty() const noexcept { return items_.empty(); }
  [[nodiscard]] std::vector<Item>::const_iterator begin() const noexcept { return items_.begin(); }
  [[nodiscard]] std::vector<Item>::const_iterator end() const noexcept { return items_.end(); }

 private:
  std::vector<Item> items_;
  std::map<std::string, std::size_t, std::less<>> index_;
};

namespace io {

/// The names under which weights are looked for, in order: model.safetensors,
/// model.safetensors.index.json, model.pt, pytorch_model.bin, pytorch_model.bin.index.json.
[[nodiscard]] HEZAR_API std::vector<std::string> weight_filenames();

/// Reads the weights of a repo folder: `filename` if given, else the first of weight_filenames()
/// that exists.
/// @param mmap  map the file (copy on write) where tensors are aligned; else read them into owned
/// memory.
/// @throws Error kIo when there is none (names tried are listed), kFormat as the readers say.
[[nodiscard]] HEZAR_API StateDict read_weights(const std::filesystem::path& folder,
                                               std::string_view filename = {}, bool mmap = true);

/// Weights with what their file says of them.
struct StoredWeights {
  StateDict tensors;
  std::map<std::string, std::string> metadata;  ///< of a safetensors file; else empty
  std::filesystem::path file;
};

/// As read_weights(). A metadata entry {name: other name} stands for a tensor that shares the other
/// one's memory, as the Python package's save_model writes tied weights.
[[nodiscard]] HEZAR_API StoredWeights read_stored_weights(const std::filesystem::path& folder,
                                                          std::string_view filename = {},
                                                          bool mmap = true);

}  // namespace io
}  // namespace hezar
