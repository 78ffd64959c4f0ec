#include <table_arrow/array_builder.hpp>

#include <arrow/array/builder_binary.h>
#include <arrow/array/builder_nested.h>
#include <arrow/array/builder_primitive.h>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <table_arrow/status.hpp>

namespace hezar::table {

namespace {

std::shared_ptr<arrow::DataType> data_type(const ColumnType& type);

std::shared_ptr<arrow::Field> field_of(const ColumnType& type) {
  return arrow::field(type.name, data_type(type));
}

std::shared_ptr<arrow::DataType> data_type(const ColumnType& type) {
  switch (type.kind) {
    case ColumnKind::kString:
      return arrow::utf8();
    case ColumnKind::kBool:
      return arrow::boolean();
    case ColumnKind::kInt64:
      return arrow::int64();
    case ColumnKind::kFloat32:
      return arrow::float32();
    case ColumnKind::kFloat64:
      return arrow::float64();
    case ColumnKind::kList:
      return arrow::list(data_type(type.children.at(0)));
    case ColumnKind::kStruct:
      break;
  }
  arrow::FieldVector fields;
  for (const ColumnType& child : type.children) fields.push_back(field_of(child));
  return arrow::struct_(fields);
}

[[noreturn]] void refuse(const ColumnType& type, std::string_view expected,
                         const boost::json::value& value) {
  throw expected_error(ErrorCode::kValue, text::concat("column \"", type.name, '"'), expected,
                       json::write(value), "Write .jsonl, where rows may differ.");
}

double number_of(const ColumnType& type, const boost::json::value& value) {
  if (!value.is_number()) refuse(type, "a number", value);
  return value.to_number<double>();
}

std::int64_t integer_of(const ColumnType& type, const boost::json::value& value) {
  boost::system::error_code error;
  const auto integer = value.to_number<std::int64_t>(error);
  if (error) refuse(type, "an integer", value);
  return integer;
}

bool bool_of(const ColumnType& type, const boost::json::value& value) {
  if (!value.is_bool()) refuse(type, "true or false", value);
  return value.get_bool();
}

arrow::Status append_string(arrow::StringBuilder& builder, const boost::json::value& value) {
  return builder.Append(value.is_string() ? std::string(value.get_string()) : json::write(value));
}

arrow::Status append_list(arrow::ListBuilder& builder, const ColumnType& type,
                          const boost::json::value& value) {
  if (!value.is_array()) refuse(type, "a list", value);
  ARROW_RETURN_NOT_OK(builder.Append());
  for (const boost::json::value& item : value.get_array()) {
    append(*builder.value_builder(), type.children.at(0), item);
  }
  return arrow::Status::OK();
}

arrow::Status append_struct(arrow::StructBuilder& builder, const ColumnType& type,
                            const boost::json::value& value) {
  if (!value.is_object()) refuse(type, "an object", value);
  const boost::json::object& object = value.get_object();
  ARROW_RETURN_NOT_OK(builder.Append());
  std::size_t found = 0;
  for (std::size_t i = 0; i < type.children.size(); ++i) {
    const boost::json::value* item = object.if_contains(type.children[i].name);
    if (item != nullptr) ++found;
    append(*builder.field_builder(static_cast<int>(i)), type.children[i],
           item == nullptr ? boost::json::value() : *item);
  }
  if (found != object.size()) refuse(type, "the keys of the first row", value);
  return arrow::Status::OK();
}

arrow::Status append_value(arrow::ArrayBuilder& builder, const ColumnType& type,
                           const boost::json::value& value) {
  switch (type.kind) {
    case ColumnKind::kString:
      return append_string(static_cast<arrow::StringBuilder&>(builder), value);
    case ColumnKind::kBool:
      return static_cast<arrow::BooleanBuilder&>(builder).Append(bool_of(type, value));
    case ColumnKind::kInt64:
      return static_cast<arrow::Int64Builder&>(builder).Append(integer_of(type, value));
    case ColumnKind::kFloat32:
      return static_cast<arrow::FloatBuilder&>(builder).Append(
          static_cast<float>(number_of(type, value)));
    case ColumnKind::kFloat64:
      return static_cast<arrow::DoubleBuilder&>(builder).Append(number_of(type, value));
    case ColumnKind::kList:
      return append_list(static_cast<arrow::ListBuilder&>(builder), type, value);
    case ColumnKind::kStruct:
      break;
  }
  return append_struct(static_cast<arrow::StructBuilder&>(builder), type, value);
}

}  // namespace

std::shared_ptr<arrow::Schema> schema_of(const std::vector<ColumnType>& columns) {
  arrow::FieldVector fields;
  for (const ColumnType& column : columns) fields.push_back(field_of(column));
  return arrow::schema(fields);
}

void append(arrow::ArrayBuilder& builder, const ColumnType& type, const boost::json::value& value) {
  const arrow::Status status =
      value.is_null() ? builder.AppendNull() : append_value(builder, type, value);
  check(status, "table");
}

}  // namespace hezar::table
