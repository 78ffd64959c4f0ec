#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <hezar/error/error.hpp>

namespace hezar::io {

/// Tensors and the file beside the index that each lies in, in the index's order.
using WeightMap = std::vector<std::pair<std::string, std::string>>;

/// The weight_map of an index of shards. No shard is opened.
/// @param extension  of the shards: anything else is no weights.
/// @throws Error kFormat with INDEX_BAD_JSON or INDEX_BAD_FILENAME; kIo.
[[nodiscard]] WeightMap read_weight_map(const std::filesystem::path& index_file,
                                        std::string_view extension);

/// `<file>: <code>: expected …, got …. <hint>`
[[nodiscard]] Error index_error(const std::filesystem::path& file, std::string_view code,
                                std::string_view expected, std::string_view got,
                                std::string hint = {});

}  // namespace hezar::io
