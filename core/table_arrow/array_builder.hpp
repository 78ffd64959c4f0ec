#pragma once

#include <memory>
#include <vector>

#include <arrow/array/builder_base.h>
#include <arrow/type.h>
#include <boost/json.hpp>

#include <hezar/table/column_type.hpp>

namespace hezar::table {

[[nodiscard]] std::shared_ptr<arrow::Schema> schema_of(const std::vector<ColumnType>& columns);

/// Appends `value` to the builder of a column.
/// @throws Error kValue for a value of another type.
void append(arrow::ArrayBuilder& builder, const ColumnType& type, const boost::json::value& value);

}  // namespace hezar::table
