#pragma once

#include <filesystem>

#include <hezar/api.hpp>
#include <hezar/io/state_dict.hpp>

/// PyTorch's `.pt` and `.bin`: a stored zip with a pickle that only an allow-listed machine runs.
/// No code of the file is ever executed, whatever it holds.
namespace hezar::io {

/// @throws Error kFormat: what was refused, by name ("posix.system"), or which bound was passed.
[[nodiscard]] HEZAR_API StateDict read_torch(const std::filesystem::path& file);

/// Writes an OrderedDict of tensors that `torch.load(..., weights_only=True)` reads; tensors
/// sharing memory share a storage. Atomic.
HEZAR_API void write_torch(const std::filesystem::path& file, const StateDict& tensors);

}  // namespace hezar::io
