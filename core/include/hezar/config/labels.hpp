#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <hezar/api.hpp>

namespace hezar {

/// Class ids to names, as configs have them under `id2label`.
using LabelMap = std::map<std::int64_t, std::string>;

/// What the label fields of a classifier's config come to.
struct Labels {
  std::int64_t num_labels = 0;
  LabelMap id2label;  ///< 0 to num_labels - 1
};

inline constexpr std::int64_t kMaxLabels = 1'000'000;

/// Refuses a map that is empty or whose ids are not 0, 1, 2, ...
/// @param origin  what errors call the config.
/// @throws Error kConfig naming the first id that is missing or out of place.
HEZAR_API void check_label_map(const LabelMap& id2label, std::string_view origin);

/// Infers one label field from the other: num_labels is the map's size, and missing names are
/// "LABEL_0", "LABEL_1", ...
/// @throws Error kConfig where both are null, they disagree, or the map has gaps.
/// @source hezar 1.0.0 `*_text_classification.py` (both null refused, size inferred).
[[nodiscard]] HEZAR_API Labels resolve_labels(const std::optional<std::int64_t>& num_labels,
                                              const std::optional<LabelMap>& id2label,
                                              std::string_view origin);

}  // namespace hezar
