#include <hezar/torch/load_state_dict.hpp>

#include <algorithm>
#include <unordered_map>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/torch/convert.hpp>
#include <hezar/torch/layers.hpp>
#include <hezar/torch/match_names.hpp>

namespace hezar::torch {

namespace {

void collect(::torch::nn::Module& module, const std::string& prefix,
             std::vector<NamedParameter>& out) {
  for (const auto& item : module.named_parameters(/*recurse=*/false)) {
    out.push_back({prefix + item.key(), item.key(), item.value(), &module});
  }
  for (const auto& item : module.named_buffers(/*recurse=*/false)) {
    out.push_back({prefix + item.key(), item.key(), item.value(), &module});
  }
  for (const auto& child : module.named_children()) {
    collect(*child.value(), text::concat(prefix, child.key(), "."), out);
  }
}

std::vector<NamedShape> shapes_of(const std::vector<NamedParameter>& parameters) {
  std::vector<NamedShape> shapes;
  shapes.reserve(parameters.size());
  for (const NamedParameter& p : parameters) shapes.push_back({p.name, p.tensor.sizes().vec()});
  return shapes;
}

std::vector<NamedShape> shapes_of(const StateDict& weights) {
  std::vector<NamedShape> shapes;
  shapes.reserve(weights.size());
  for (const auto& [name, tensor] : weights) {
    shapes.push_back({name, {tensor.shape().begin(), tensor.shape().end()}});
  }
  return shapes;
}

bool is_half(at::ScalarType dtype) {
  return dtype == at::kHalf || dtype == at::kBFloat16;
}

void assign(NamedParameter& parameter, const Tensor& weight, const LoadStateDictOptions& options) {
  const at::NoGradGuard no_grad;
  at::Tensor value = to_torch(weight);
  const bool stays_half = options.keep_half_linears && is_half(value.scalar_type()) &&
                          dynamic_cast<const Linear*>(parameter.owner) != nullptr;
  if (!stays_half) value = value.to(parameter.tensor.scalar_type());
  // Not a copy: the parameter keeps its identity, which layers and optimizers hold, and takes over
  // the memory.
  parameter.tensor.set_data(value.to(parameter.tensor.device()));
}

void tie(std::vector<NamedParameter>& parameters, std::vector<bool>& filled,
         const LoadStateDictOptions& options) {
  std::unordered_map<std::string_view, std::size_t> index;
  for (std::size_t i = 0; i < parameters.size(); ++i) index.emplace(parameters[i].name, i);
  for (const auto& [target, source] : options.ties) {
    const auto to = index.find(target);
    const auto from = index.find(source);
    HEZAR_ASSERT(to != index.end() && from != index.end(), "a tie names no parameter");
    if (filled[to->second] == filled[from->second]) continue;
    // Either name may be the one a file carries.
    const bool forward = filled[from->second];
    const std::size_t have = forward ? from->second : to->second;
    const std::size_t lack = forward ? to->second : from->second;
    parameters[lack].tensor.set_data(parameters[have].tensor.data());
    filled[lack] = true;
  }
}

}  // namespace

std::vector<NamedParameter> all_parameters(::torch::nn::Module& root) {
  std::vector<NamedParameter> out;
  collect(root, "", out);
  return out;
}

WeightsReport load_state_dict(::torch::nn::Module& root, const StateDict& weights,
                              const LoadStateDictOptions& options) {
  std::vector<NamedParameter> parameters = all_parameters(root);
  const std::vector<NamedShape> names = shapes_of(weights);
  const NameMatch match = match_names(shapes_of(parameters), names, options.positional);

  std::vector<bool> filled(parameters.size(), false);
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    const std::size_t w = match.weight_of[p];
    if (w == kNoMatch) continue;
    assign(parameters[p], weights.begin()[static_cast<std::ptrdiff_t>(w)].second, options);
    filled[p] = true;
  }

  WeightsReport report;
  std::vector<bool> mismatched(parameters.size(), false);
  for (const NameMatch::WrongShape& wrong : match.wrong_shapes) {
    mismatched[wrong.parameter] = true;
    report.mismatched.push_back({parameters[wrong.parameter].name,
                                 parameters[wrong.parameter].tensor.sizes().vec(),
                                 names[wrong.weight].shape});
  }
  tie(parameters, filled, options);
  for (std::size_t p = 0; p < parameters.size(); ++p) {
    if (!filled[p] && !mismatched[p]) report.missing.push_back(parameters[p].name);
  }
  for (const std::size_t w : match.unused) report.unexpected.push_back(names[w].name);
  return report;
}

StateDict state_dict(::torch::nn::Module& root) {
  StateDict out;
  for (const NamedParameter& parameter : all_parameters(root)) {
    out.add(parameter.name, from_torch(parameter.tensor.detach()));
  }
  return out;
}

}  // namespace hezar::torch
