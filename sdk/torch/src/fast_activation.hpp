#pragma once

#include <string_view>

#include <fast/kernels.hpp>

namespace hezar::torch {

/// What find_activation() finds, as the fast path's kernels know it.
/// @throws Error kConfig naming the nearest and all names.
[[nodiscard]] fast::Activation find_fast_activation(std::string_view name);

}  // namespace hezar::torch
