#include <output/prediction_table.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

namespace hezar::host {

namespace {

using table::ColumnKind;
using table::ColumnType;

/// How a type of C++ lies in a column.
template <class T>
struct TypeOf;

template <class T>
ColumnType column(std::string name) {
  ColumnType out = TypeOf<T>::get();
  out.name = std::move(name);
  return out;
}

template <class T>
std::vector<ColumnType> fields() {
  std::vector<ColumnType> out;
  using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
  boost::mp11::mp_for_each<Members>([&](auto member) {
    using M = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
    out.push_back(column<M>(member.name));
  });
  return out;
}

template <class T>
struct TypeOf {
  static ColumnType get() { return {{}, ColumnKind::kStruct, fields<T>()}; }
};
template <>
struct TypeOf<std::string> {
  static ColumnType get() { return {{}, ColumnKind::kString, {}}; }
};
template <>
struct TypeOf<std::int64_t> {
  static ColumnType get() { return {{}, ColumnKind::kInt64, {}}; }
};
template <>
struct TypeOf<double> {
  static ColumnType get() { return {{}, ColumnKind::kFloat64, {}}; }
};
template <class T>
struct TypeOf<std::optional<T>> : TypeOf<T> {};
template <class T>
struct TypeOf<std::vector<T>> {
  static ColumnType get() { return {{}, ColumnKind::kList, {TypeOf<T>::get()}}; }
};
template <class T, std::size_t N>
struct TypeOf<std::array<T, N>> : TypeOf<std::vector<T>> {};

ColumnType inferred(std::string name, const boost::json::value& value) {
  ColumnType out;
  out.name = std::move(name);
  if (value.is_bool()) out.kind = ColumnKind::kBool;
  if (value.is_number()) out.kind = ColumnKind::kFloat64;
  if (value.is_array()) {
    out.kind = ColumnKind::kList;
    const boost::json::array& items = value.get_array();
    out.children = {inferred({}, items.empty() ? boost::json::value(0.0) : items[0])};
  }
  if (value.is_object() && !value.get_object().empty()) {
    out.kind = ColumnKind::kStruct;
    for (const auto& item : value.get_object()) {
      out.children.push_back(inferred(item.key(), item.value()));
    }
  }
  return out;
}

TableShape shape_of(const boost::json::value& answer) {
  return table_of(answer);
}
TableShape shape_of(const Outputs& outputs) {
  return table_of(to_json(Prediction(outputs)));
}
TableShape shape_of(const TextEmbedding& /*embedding*/) {
  const ColumnType item = {{}, ColumnKind::kFloat32, {}};
  return {{{"vector", ColumnKind::kList, {item}}}, true};
}
template <class T>
  requires boost::describe::has_describe_members<T>::value
TableShape shape_of(const T& /*answer*/) {
  return {fields<T>(), true};
}
template <class T>
TableShape shape_of(const std::vector<T>& answers) {
  const bool is_flat = !std::is_same_v<T, SequenceLabel> && answers.size() == 1;
  if (is_flat) return {fields<T>(), true};
  return {{column<std::vector<T>>(std::string(kPredictionColumn))}, false};
}

}  // namespace

TableShape table_of(const Prediction& first) {
  return std::visit([](const auto& answer) { return shape_of(answer); }, first);
}

TableShape table_of(const boost::json::value& first) {
  ColumnType whole = inferred(std::string(kPredictionColumn), first);
  if (whole.kind == ColumnKind::kStruct) return {std::move(whole.children), true};
  return {{std::move(whole)}, false};
}

}  // namespace hezar::host
