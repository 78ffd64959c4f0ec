#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <ATen/ATen.h>

#include <hezar/api.hpp>
#include <hezar/tensor/columns.hpp>

namespace hezar::torch {

/// Ordered, named LibTorch tensors, or lists of them: what a network takes and gives. The tensor
/// columns of Inputs and Outputs in LibTorch's type; they share the bytes.
class HEZAR_API NamedTensors {
 public:
  using Value = std::variant<at::Tensor, std::vector<at::Tensor>>;
  using Item = std::pair<std::string, Value>;

  /// Replaces the value of `name`, or appends it.
  void set(std::string name, Value value);
  void erase(std::string_view name);

  /// Undefined when absent.
  [[nodiscard]] at::Tensor find(std::string_view name) const;
  /// @throws Error kKey that lists what is there.
  [[nodiscard]] at::Tensor require(std::string_view name) const;

  [[nodiscard]] bool empty() const noexcept { return items_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }
  [[nodiscard]] std::vector<Item>::const_iterator begin() const noexcept { return items_.begin(); }
  [[nodiscard]] std::vector<Item>::const_iterator end() const noexcept { return items_.end(); }

 private:
  std::vector<Item> items_;
};

/// The tensor columns of `columns`, moved to `device`; other columns are left out.
[[nodiscard]] HEZAR_API NamedTensors to_torch(const Columns& columns, const at::Device& device);

/// Every tensor as a column on the CPU.
[[nodiscard]] HEZAR_API Columns from_torch(const NamedTensors& tensors);

}  // namespace hezar::torch
