#include <hezar/tensor/columns.hpp>

#include <array>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar {

namespace {

std::string_view kind_name(const Column& column) {
  static constexpr std::array<std::string_view, std::variant_size_v<Column>> kNames = {
      "tensor",
      "list of tensors",
      "list of strings",
      "list of lists of strings",
      "list of integers",
      "list of lists of integers",
      "list of numbers",
      "list of spans",
      "list of lists of spans"};
  return kNames[column.index()];
}

}  // namespace

std::string describe(const Column& column) {
  if (const Tensor* tensor = std::get_if<Tensor>(&column)) {
    return text::concat("tensor ", to_string(tensor->dtype()), " ", to_string(tensor->shape()));
  }
  const std::size_t size = std::visit(
      [](const auto& value) -> std::size_t {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, Tensor>)
          return 0;
        else
          return value.size();
      },
      column);
  return text::concat(kind_name(column), " (", size, ")");
}

Columns::Columns() = default;
Columns::Columns(std::initializer_list<Item> items) {
  for (const Item& item : items) set(item.first, item.second);
}
Columns::~Columns() = default;
Columns::Columns(const Columns&) = default;
Columns& Columns::operator=(const Columns&) = default;
Columns::Columns(Columns&&) noexcept = default;
Columns& Columns::operator=(Columns&&) noexcept = default;

void Columns::set(std::string name, Column value) {
  for (Item& item : items_) {
    if (item.first != name) continue;
    item.second = std::move(value);
    return;
  }
  items_.emplace_back(std::move(name), std::move(value));
}

void Columns::erase(std::string_view name) {
  std::erase_if(items_, [&](const Item& item) { return item.first == name; });
}

const Column* Columns::find(std::string_view name) const noexcept {
  for (const Item& item : items_) {
    if (item.first == name) return &item.second;
  }
  return nullptr;
}

const Column& Columns::at(std::string_view name) const {
  if (const Column* column = find(name)) return *column;
  throw unknown_name_error(ErrorCode::kKey, "columns", "a column", name, names());
}

std::vector<std::string> Columns::names() const {
  std::vector<std::string> out;
  for (const Item& item : items_) out.push_back(item.first);
  return out;
}

void Columns::throw_wrong_kind(std::string_view name, const Column& got, const Column& wanted) {
  throw expected_error(ErrorCode::kValue, text::concat("column \"", name, '"'),
                       text::concat("a ", kind_name(wanted)), text::concat("a ", describe(got)));
}

}  // namespace hezar
