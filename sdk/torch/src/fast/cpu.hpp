#pragma once

#include <fast/kernels.hpp>

namespace hezar::torch::fast {

/// Whether this CPU has what the kernels of a format need: AVX-512 F, BW, DQ and VL, for kBFloat16
/// also BF16, for kInt8 also VNNI. False, too, where ATEN_CPU_CAPABILITY or ONEDNN_MAX_CPU_ISA ask
/// LibTorch for less than AVX-512.
/// @thread safe.
[[nodiscard]] bool supports(Format format);

}  // namespace hezar::torch::fast
