#pragma once

#include <filesystem>

#include <hezar/api.hpp>
#include <hezar/io/read_options.hpp>
#include <hezar/io/state_dict.hpp>

/// PyTorch's `.pt` and `.bin`: a stored zip with a pickle that only an allow-listed machine runs.
/// No code of the file is ever executed, whatever it holds.
namespace hezar::io {

/// Tensors that share a storage in the file share memory here.
/// @throws Error kFormat: what was refused, by name ("posix.system"), or which bound was passed;
/// kIo when the file cannot be read.
[[nodiscard]] HEZAR_API StateDict read_torch(const std::filesystem::path& file,
                                             const ReadOptions& options = {});

/// Reads every tensor that a `pytorch_model.bin.index.json` maps, from its shards beside it.
/// @throws Error kFormat with INDEX_BAD_JSON, INDEX_BAD_FILENAME or SHARD_TENSOR_MISSING, and as
/// read_torch does; kIo for a missing shard.
[[nodiscard]] HEZAR_API StateDict read_torch_index(const std::filesystem::path& index_file,
                                                   const ReadOptions& options = {});

/// Writes an OrderedDict of tensors that `torch.load(..., weights_only=True)` reads; tensors
/// sharing memory share a storage. Atomic.
/// @throws Error kValue for a name that is not UTF-8 or repeated, and for a tensor that is
/// undefined or not on the CPU; kIo (disk full, no permission): the old file is intact.
HEZAR_API void write_torch(const std::filesystem::path& file, const StateDict& tensors);

}  // namespace hezar::io
