#pragma once

#include <cstdint>
#include <span>

#include <hezar/api.hpp>
#include <hezar/module/prediction.hpp>
#include <hezar/tensor/columns.hpp>

namespace hezar {

/// Rows of `columns`: the length of its lists, or of its tensors' first dimension.
/// @throws Error kValue where columns disagree.
[[nodiscard]] HEZAR_API std::int64_t count_rows(const Columns& columns);

/// The rows `indices` of every list column, in that order.
/// @throws Error kValue for a tensor column: batches of tensors are run whole.
[[nodiscard]] HEZAR_API Columns select_rows(const Columns& columns,
                                            std::span<const std::int64_t> indices);

/// Row `index` of each column that has `rows` of them: tensors without their first dimension
/// (views), list entries as lists of one. Other columns are left out.
[[nodiscard]] HEZAR_API Columns select_row(const Columns& columns, std::int64_t rows,
                                           std::int64_t index);

}  // namespace hezar
