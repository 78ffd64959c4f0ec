#pragma once

#include <array>
#include <string_view>

#include <hezar/api.hpp>

namespace hezar {

/// The kinds of modules; one registry each.
enum class Kind { kModel, kPreprocessor, kDataset, kEmbedding, kMetric, kTrainer };

inline constexpr std::array kKinds = {Kind::kModel,     Kind::kPreprocessor, Kind::kDataset,
                                      Kind::kEmbedding, Kind::kMetric,       Kind::kTrainer};

/// "model", also the config_type of its configs.
[[nodiscard]] HEZAR_API std::string_view to_string(Kind kind) noexcept;
/// Reads "model" or "models".
/// @throws Error kValue listing the kinds.
[[nodiscard]] HEZAR_API Kind parse_kind(std::string_view name);

}  // namespace hezar
