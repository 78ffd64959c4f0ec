#include <hezar/module/batching.hpp>

#include <optional>
#include <type_traits>
#include <vector>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar {

namespace {

std::optional<std::int64_t> rows_of(const Column& column) {
  return std::visit(
      [](const auto& value) -> std::optional<std::int64_t> {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, Tensor>) {
          if (!value.defined() || value.dim() == 0) return std::nullopt;
          return value.size(0);
        } else {
          return static_cast<std::int64_t>(value.size());
        }
      },
      column);
}

Tensor row_of(const Tensor& tensor, std::int64_t index) {
  const std::int64_t offset = index * tensor.strides()[0] * size_bytes(tensor.dtype());
  const auto shape = tensor.shape().subspan(1);
  const auto strides = tensor.strides().subspan(1);
  // It shares the bytes; a view may be written to like any array.
  auto* bytes = const_cast<std::byte*>(static_cast<const std::byte*>(tensor.data()));
  return Tensor::view(bytes + offset, Shape(shape.begin(), shape.end()),
                      std::vector<std::int64_t>(strides.begin(), strides.end()), tensor.dtype(),
                      tensor.owner(), tensor.device());
}

}  // namespace

std::int64_t count_rows(const Columns& columns) {
  std::optional<std::int64_t> rows;
  for (const auto& [name, column] : columns) {
    const std::optional<std::int64_t> here = rows_of(column);
    if (!here) continue;
    if (rows && *rows != *here) {
      throw expected_error(ErrorCode::kValue, text::concat("column \"", name, '"'),
                           text::concat(*rows, " rows like the columns before it"),
                           std::to_string(*here));
    }
    rows = here;
  }
  return rows.value_or(0);
}

Columns select_rows(const Columns& columns, std::span<const std::int64_t> indices) {
  Columns out;
  for (const auto& [name, column] : columns) {
    out.set(name, std::visit(
                      [&, &column_name = name](const auto& value) -> Column {
                        using T = std::decay_t<decltype(value)>;
                        if constexpr (std::is_same_v<T, Tensor>) {
                          throw expected_error(ErrorCode::kValue,
                                               text::concat("column \"", column_name, '"'),
                                               "a list with one entry per row", "a tensor");
                        } else {
                          T rows;
                          rows.reserve(indices.size());
                          for (const std::int64_t index : indices) {
                            rows.push_back(value.at(static_cast<std::size_t>(index)));
                          }
                          return rows;
                        }
                      },
                      column));
  }
  return out;
}

Columns select_row(const Columns& columns, std::int64_t rows, std::int64_t index) {
  Columns out;
  for (const auto& [name, column] : columns) {
    if (rows_of(column) != rows) continue;
    out.set(name, std::visit(
                      [&](const auto& value) -> Column {
                        using T = std::decay_t<decltype(value)>;
                        if constexpr (std::is_same_v<T, Tensor>) {
                          return row_of(value, index);
                        } else {
                          return T{value.at(static_cast<std::size_t>(index))};
                        }
                      },
                      column));
  }
  return out;
}

}  // namespace hezar
