#include <hezar/torch/scope.hpp>

#include <utility>

#include <hezar/text/concat.hpp>

namespace hezar::torch {

namespace {

// The container `name` of `parent`, made where it is missing.
::torch::nn::Module& container(::torch::nn::Module& parent, const std::string& name) {
  auto children = parent.named_children();
  if (auto* found = children.find(name)) return **found;
  return *parent.register_module(name, std::make_shared<::torch::nn::Module>());
}

}  // namespace

Scope::Scope(::torch::nn::Module& root, double init_std) : root_(&root), init_std_(init_std) {}

Scope::Scope(::torch::nn::Module& root, std::string prefix, double init_std)
    : root_(&root), prefix_(std::move(prefix)), init_std_(init_std) {}

Scope Scope::child(std::string_view name) const {
  return Scope(*root_, prefix_.empty() ? std::string(name) : text::concat(prefix_, ".", name),
               init_std_);
}

std::shared_ptr<Linear> Scope::linear(std::string_view name, std::int64_t in, std::int64_t out,
                                      bool bias) const {
  auto layer = std::make_shared<Linear>(in, out, bias, init_std_);
  add(name, layer);
  return layer;
}

std::shared_ptr<LayerNorm> Scope::layer_norm(std::string_view name, std::int64_t size,
                                             double eps) const {
  auto layer = std::make_shared<LayerNorm>(size, eps);
  add(name, layer);
  return layer;
}

std::shared_ptr<Embedding> Scope::embedding(std::string_view name, std::int64_t count,
                                            std::int64_t width, std::int64_t padding_id) const {
  auto layer = std::make_shared<Embedding>(count, width, init_std_, padding_id);
  add(name, layer);
  return layer;
}

std::shared_ptr<Dropout> Scope::dropout(std::string_view name, double probability) const {
  auto layer = std::make_shared<Dropout>(probability);
  add(name, layer);
  return layer;
}

void Scope::add(std::string_view name, std::shared_ptr<::torch::nn::Module> module) const {
  const std::string path = prefix_.empty() ? std::string(name) : text::concat(prefix_, ".", name);
  ::torch::nn::Module* parent = root_;
  std::size_t begin = 0;
  for (std::size_t dot = path.find('.'); dot != std::string::npos; dot = path.find('.', begin)) {
    parent = &container(*parent, path.substr(begin, dot - begin));
    begin = dot + 1;
  }
  parent->register_module(path.substr(begin), std::move(module));
}

}  // namespace hezar::torch
