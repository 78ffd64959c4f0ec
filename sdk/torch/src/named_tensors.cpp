#include <hezar/torch/named_tensors.hpp>

#include <algorithm>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/torch/convert.hpp>

namespace hezar::torch {

void NamedTensors::set(std::string name, Value value) {
  const auto found = std::find_if(items_.begin(), items_.end(),
                                  [&](const Item& item) { return item.first == name; });
  if (found != items_.end()) {
    found->second = std::move(value);
  } else {
    items_.emplace_back(std::move(name), std::move(value));
  }
}

void NamedTensors::erase(std::string_view name) {
  std::erase_if(items_, [&](const Item& item) { return item.first == name; });
}

at::Tensor NamedTensors::find(std::string_view name) const {
  for (const auto& [key, value] : items_) {
    if (key != name) continue;
    if (const at::Tensor* tensor = std::get_if<at::Tensor>(&value)) return *tensor;
  }
  return {};
}

at::Tensor NamedTensors::require(std::string_view name) const {
  at::Tensor tensor = find(name);
  if (tensor.defined()) return tensor;
  std::vector<std::string> names;
  for (const Item& item : items_) names.push_back(item.first);
  throw expected_error(ErrorCode::kKey, "tensors", text::concat("one named \"", name, "\""),
                       names.empty() ? "nothing" : text::join(names, ", "));
}

NamedTensors to_torch(const Columns& columns, const at::Device& device) {
  NamedTensors out;
  for (const auto& [name, column] : columns) {
    if (const auto* tensor = std::get_if<Tensor>(&column)) {
      out.set(name, to_torch(*tensor).to(device));
    } else if (const auto* list = std::get_if<Tensors>(&column)) {
      std::vector<at::Tensor> tensors;
      for (const Tensor& item : *list) tensors.push_back(to_torch(item).to(device));
      out.set(name, std::move(tensors));
    }
  }
  return out;
}

Columns from_torch(const NamedTensors& tensors) {
  Columns out;
  for (const auto& [name, value] : tensors) {
    if (const auto* tensor = std::get_if<at::Tensor>(&value)) {
      out.set(name, from_torch(tensor->cpu()));
    } else {
      Tensors list;
      for (const at::Tensor& item : std::get<std::vector<at::Tensor>>(value)) {
        list.push_back(from_torch(item.cpu()));
      }
      out.set(name, std::move(list));
    }
  }
  return out;
}

}  // namespace hezar::torch
