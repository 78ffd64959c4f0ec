#pragma once

#include <filesystem>

#include <hezar/io/state_dict.hpp>

namespace hezar::io {

/// What both writers ask for.
/// @throws Error kValue for a name that is not UTF-8 or occurs twice, and for a tensor that is
/// undefined or not on the CPU.
void check_writable(const std::filesystem::path& file, const StateDict& tensors);

}  // namespace hezar::io
