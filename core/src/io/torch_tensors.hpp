#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/error/error.hpp>
#include <hezar/io/state_dict.hpp>

#include <io/pickle_tree.hpp>
#include <io/torch_archive.hpp>

namespace hezar::io {

/// Makes tensors of the values in a file's pickle.
class TorchTensors {
 public:
  TorchTensors(TorchArchive& archive, const pickle::Tree& tree)
      : archive_(&archive), tree_(&tree) {}

  /// The root as a dict of tensors.
  /// @throws Error kFormat when it is something else; the hint names the key that holds tensors.
  [[nodiscard]] StateDict state_dict();

 private:
  struct Layout {
    DType dtype = DType::kUnset;
    std::int64_t offset = 0;
    Shape shape;
    std::vector<std::int64_t> strides;
  };

  [[nodiscard]] const pickle::Node& node(pickle::Id id) const { return (*tree_)[id]; }
  [[nodiscard]] bool is_tensor(pickle::Id id) const;
  [[nodiscard]] Tensor tensor(pickle::Id id);
  [[nodiscard]] Tensor rebuild(const std::vector<pickle::Id>& arguments, bool with_dtype);
  /// The storage that a persistent id names, and its element type (kUnset: untyped).
  [[nodiscard]] TorchStorage& storage(pickle::Id id, DType& dtype);
  [[nodiscard]] std::vector<std::int64_t> sizes(pickle::Id id, std::string_view what) const;
  [[nodiscard]] std::int64_t size(pickle::Id id, std::string_view what) const;
  void check_layout(const Layout& layout, const TorchStorage& storage) const;
  void check_bools(TorchStorage& storage) const;
  [[nodiscard]] std::string where_tensors_are() const;
  [[nodiscard]] Error error(std::string_view expected, std::string_view got,
                            std::string hint = {}) const;

  TorchArchive* archive_;
  const pickle::Tree* tree_;
  std::string current_;  // the tensor that errors name
};

}  // namespace hezar::io
