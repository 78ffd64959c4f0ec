#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/api.hpp>
#include <hezar/tensor/tensor.hpp>

namespace hezar::torch {

/// A name and a shape, of a parameter or of a weight in a file.
struct NamedShape {
  std::string name;
  Shape shape;
};

inline constexpr std::size_t kNoMatch = static_cast<std::size_t>(-1);

struct NameMatch {
  /// For each parameter the index of the weight that fills it, or kNoMatch.
  std::vector<std::size_t> weight_of;
  struct WrongShape {
    std::size_t parameter = 0;
    std::size_t weight = 0;
  };
  std::vector<WrongShape> wrong_shapes;  ///< same name, different shape
  std::vector<std::size_t> unused;       ///< weights left, legacy buffers not counted
};

/// Finds which weight fills which parameter:
/// 1. equal names;
/// 2. names equal but for a prefix that is the same for most of what is left (`module.`, a head's
///    or a backbone's name), so that a mask-filling checkpoint fills a classifier's encoder and a
///    bare encoder fills either; a prefix that only a few names share is chance and not taken;
/// 3. with `positional`, what is left in order, where shapes are equal (as the reference does).
/// A weight is used once. Never guesses between tensors of one shape by shape alone, but in step 3.
[[nodiscard]] HEZAR_API NameMatch match_names(const std::vector<NamedShape>& parameters,
                                              const std::vector<NamedShape>& weights,
                                              bool positional);

/// Buffers that older files carry and models no longer have: position ids, causal masks, ...
[[nodiscard]] HEZAR_API bool is_legacy_buffer(std::string_view name) noexcept;

}  // namespace hezar::torch
