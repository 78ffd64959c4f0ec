#include <hezar/torch/model.hpp>

#include <algorithm>
#include <set>

#include <ATen/Parallel.h>

#include <hezar/registry/runtime.hpp>
#include <hezar/torch/convert.hpp>
#include <hezar/torch/errors.hpp>
#include <hezar/torch/layers.hpp>
#include <hezar/torch/load_state_dict.hpp>

namespace hezar::torch {

namespace {

std::int64_t count_elements(::torch::nn::Module& tree, bool trainable_only) {
  std::set<const void*> seen;
  std::int64_t count = 0;
  for (const at::Tensor& parameter : tree.parameters()) {
    if (trainable_only && !parameter.requires_grad()) continue;
    if (seen.insert(parameter.const_data_ptr()).second) count += parameter.numel();
  }
  return count;
}

}  // namespace

Model::Model(const BuildContext& context)
    : target_(context.device),
      precision_(context.precision),
      weights_follow_(context.weights_follow),
      loss_(make_loss("cross_entropy")) {
  check_device(target_);
  if (const int threads = context.runtime.threads();
      threads > 0 && threads != at::get_num_threads()) {
    at::set_num_threads(threads);
  }
}

Model::~Model() = default;

void Model::finish() {
  if (!weights_follow_) initialize();
  eval();
  to(target_);
}

::torch::nn::Module& Model::tree() const {
  return const_cast<Model&>(*this);
}

Outputs Model::forward(const Inputs& inputs, const PredictOptions& options) const {
  try {
    const c10::InferenceMode inference;
    return from_torch(run(to_torch(inputs, device()), options.task));
  } catch (const c10::Error&) {
    rethrow_translated(name());
  }
}

at::Tensor Model::compute_loss(const NamedTensors& outputs, const NamedTensors& labels) const {
  const at::Tensor logits = outputs.require("logits");
  const at::Tensor flat = labels.require("labels").reshape({-1});
  return loss_({logits.reshape({-1, logits.size(-1)}), flat});
}

void Model::set_loss(std::string_view name, const boost::json::object& options) {
  loss_ = make_loss(name, options);
}

WeightsReport Model::load_weights(const StateDict& weights, const LoadOptions& options) {
  LoadStateDictOptions load;
  load.positional = options.compat_positional;
  load.ties = ties();
  load.keep_half_linears = precision_ == Precision::kBf16;
  WeightsReport report = load_state_dict(tree(), weights, load);
  std::vector<std::string> unfilled = report.missing;
  for (const WeightsReport::Mismatch& mismatch : report.mismatched) {
    unfilled.push_back(mismatch.name);
  }
  if (weights_follow_ && !unfilled.empty()) initialize(&unfilled);
  weights_follow_ = false;
  eval();
  return report;
}

void Model::train(bool on) {
  ::torch::nn::Module::train(on);
  if (on || weights_follow_) {
    unpack();
  } else {
    prepare();
  }
}

bool Model::pack(Precision /*precision*/) {
  return false;
}

void Model::unpack() {}

void Model::prepare() {
  if (target_.type != hezar::Device::Type::kCpu) {
    unpack();
  } else if (pack(precision_)) {
    return;
  }
  if (precision_ == Precision::kFp32) return;
  for (const auto& module : tree().modules(/*include_self=*/false)) {
    if (auto* layer = dynamic_cast<Layer*>(module.get())) layer->prepare(precision_);
  }
}

StateDict Model::state_dict() const {
  return torch::state_dict(tree());
}

void Model::initialize() {
  initialize(nullptr);
}

void Model::initialize(const std::vector<std::string>* only) {
  std::vector<NamedParameter> parameters = all_parameters(tree());
  std::set<std::string> tied;
  for (const auto& [target, source] : ties()) tied.insert(target);
  for (NamedParameter& parameter : parameters) {
    const auto* layer = dynamic_cast<const Layer*>(parameter.owner);
    if (layer == nullptr || tied.contains(parameter.name)) continue;
    if (only != nullptr && std::find(only->begin(), only->end(), parameter.name) == only->end()) {
      continue;
    }
    layer->initialize(parameter.own_name, parameter.tensor);
  }
  for (const auto& [target, source] : ties()) {
    if (only != nullptr && std::find(only->begin(), only->end(), target) == only->end()) continue;
    const auto find = [&](const std::string& name) -> at::Tensor& {
      return std::find_if(parameters.begin(), parameters.end(),
                          [&](const NamedParameter& p) { return p.name == name; })
          ->tensor;
    };
    find(target).set_data(find(source).data());
  }
}

std::vector<std::pair<std::string, std::string>> Model::ties() const {
  return {};
}

void Model::to(const hezar::Device& device) {
  check_device(device);
  target_ = device;
  const at::Device target = to_torch(device);
  const std::vector<at::Tensor> parameters = tree().parameters();
  const auto is_there = [&](const at::Tensor& parameter) { return parameter.device() == target; };
  if (std::all_of(parameters.begin(), parameters.end(), is_there)) return;
  unpack();
  ::torch::nn::Module::to(target);
}

at::Device Model::device() const {
  return to_torch(target_);
}

std::int64_t Model::num_parameters() const {
  return count_elements(tree(), false);
}

std::int64_t Model::num_trainable_parameters() const {
  return count_elements(tree(), true);
}

void* Model::interface(std::string_view id) noexcept {
  if (id == kInterfaceId) return this;
  return hezar::Model::interface(id);
}

}  // namespace hezar::torch
