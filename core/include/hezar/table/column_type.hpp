#pragma once

#include <string>
#include <vector>

#include <boost/describe.hpp>

namespace hezar::table {

enum class ColumnKind { kString, kBool, kInt64, kFloat32, kFloat64, kList, kStruct };
BOOST_DESCRIBE_ENUM(ColumnKind, kString, kBool, kInt64, kFloat32, kFloat64, kList, kStruct)

/// A column of a table, or what lists and structs in it hold. Every value may be null.
struct ColumnType {
  std::string name;  ///< empty for what a list holds
  ColumnKind kind = ColumnKind::kString;
  std::vector<ColumnType> children;  ///< of a list what it holds, of a struct its fields
  bool operator==(const ColumnType&) const = default;
};
BOOST_DESCRIBE_STRUCT(ColumnType, (), (name, kind, children))

}  // namespace hezar::table
