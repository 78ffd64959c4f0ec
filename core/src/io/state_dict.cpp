#include <hezar/io/state_dict.hpp>

namespace hezar {

void StateDict::add(std::string name, Tensor tensor) {
  items_.emplace_back(std::move(name), std::move(tensor));
  index_.try_emplace(items_.back().first, items_.size() - 1);
}

const Tensor* StateDict::find(std::string_view name) const noexcept {
  const auto found = index_.find(name);
  return found == index_.end() ? nullptr : &items_[found->second].second;
}

}  // namespace hezar
