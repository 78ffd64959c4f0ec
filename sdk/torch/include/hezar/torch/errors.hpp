#pragma once

#include <string_view>

#include <hezar/api.hpp>

namespace hezar::torch {

/// Rethrows the exception in flight: one of LibTorch as Error kInternal without its backtrace,
/// anything else as it is. Call it in a catch block.
/// @param what  what failed, for the message: a model's name.
[[noreturn]] HEZAR_API void rethrow_translated(std::string_view what);

}  // namespace hezar::torch
