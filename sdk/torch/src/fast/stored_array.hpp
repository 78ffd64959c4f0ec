#pragma once

#include <string>

#include <hezar/io/state_dict.hpp>
#include <hezar/tensor/tensor.hpp>

namespace hezar::torch::fast {

/// An array of packed weights, aligned to a cache line: where it lies, or a copy where it does not
/// lie so.
/// @throws Error kFormat where it is missing, of another type or shape, or holds floats that are
/// not finite.
[[nodiscard]] hezar::Tensor stored_array(const StateDict& arrays, const std::string& name,
                                         DType dtype, const hezar::Shape& shape);

}  // namespace hezar::torch::fast
