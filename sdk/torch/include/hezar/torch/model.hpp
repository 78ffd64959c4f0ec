#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <ATen/ATen.h>
#include <torch/nn/module.h>
#include <boost/json.hpp>

#include <hezar/api.hpp>
#include <hezar/module/model.hpp>
#include <hezar/torch/losses.hpp>
#include <hezar/torch/named_tensors.hpp>

namespace hezar::torch {

/// A model that computes with LibTorch: its parameters are a tree of torch::nn modules under the
/// reference's names.
///
/// A concrete class registers its blocks in its constructor (see Scope), ends it with finish(), and
/// implements run(). Its parameters come from a file or, where none follows, get initial values.
/// @thread predict, forward and run: safe for concurrent calls. Loading, to() and training: one
/// owner.
class HEZAR_API Model : public hezar::Model, public ::torch::nn::Module {
 public:
  static constexpr std::string_view kInterfaceId = "hezar.torch.Model/1";

  ~Model() override;

  using hezar::Model::load;
  using hezar::Model::name;
  using hezar::Model::save;
  using ::torch::nn::Module::load;
  using ::torch::nn::Module::save;
  using ::torch::nn::Module::to;

  /// The network: tensors on this model's device to tensors. Records gradients where the caller
  /// does.
  /// @param inputs  by the names of the reference's forward.
  /// @param task    PredictOptions::task.
  [[nodiscard]] virtual NamedTensors run(const NamedTensors& inputs,
                                         const boost::json::object& task) const = 0;

  /// run() for prediction: no gradients, no dropout, tensors in and out are hezar's.
  /// @return tensors on the CPU.
  [[nodiscard]] Outputs forward(const Inputs& inputs, const PredictOptions& options) const override;

  /// The loss of what run() gave, by loss() over "logits" [..., classes] and `labels` [...], both
  /// flattened; families with other rules override it.
  /// @return a scalar with gradients.
  [[nodiscard]] virtual at::Tensor compute_loss(const NamedTensors& outputs,
                                                const NamedTensors& labels) const;
  /// Cross entropy unless set_loss chose another.
  [[nodiscard]] const Loss& loss() const noexcept { return loss_; }
  /// @param name  one of loss_names().
  void set_loss(std::string_view name, const boost::json::object& options = {});

  /// Weights are assigned, not copied, where their dtype fits; half precision ones become float32.
  /// Parameters that no weight filled get initial values.
  [[nodiscard]] WeightsReport load_weights(const StateDict& weights,
                                           const LoadOptions& options) override;
  [[nodiscard]] StateDict state_dict() const override;

  /// Moves parameters and buffers.
  /// @throws Error kDependency for a GPU that is not there.
  void to(const hezar::Device& device);
  [[nodiscard]] at::Device device() const;

  /// Elements of all parameters; tied ones count once.
  [[nodiscard]] std::int64_t num_parameters() const;
  [[nodiscard]] std::int64_t num_trainable_parameters() const;

  [[nodiscard]] void* interface(std::string_view id) noexcept override;

  /// Training computes with the parameters themselves. eval() packs them again for the fast path,
  /// which is also what to call after changing parameters by hand.
  void train(bool on = true) override;

 protected:
  explicit Model(const BuildContext& context);

  /// Ends the constructor of a concrete class: initial values unless weights follow, evaluation
  /// mode, device.
  void finish();

  /// Fills every parameter with its initial value.
  void initialize();

  /// Makes the second form of the weights that predictions on this CPU are computed with, in place
  /// of the one it made before. The model calls it when its parameters are final.
  /// @return false where there is none for `precision`: layers are then converted one by one.
  [[nodiscard]] virtual bool pack(Precision precision);
  /// Forgets what pack() made.
  virtual void unpack();

  /// (parameter, parameter it equals unless a file says otherwise), full names.
  [[nodiscard]] virtual std::vector<std::pair<std::string, std::string>> ties() const;

 private:
  void initialize(const std::vector<std::string>* only);
  void prepare();

  // nn::Module's accessors are not const, though they only read.
  [[nodiscard]] ::torch::nn::Module& tree() const;

  hezar::Device target_;
  Precision precision_;
  bool weights_follow_;
  Loss loss_;
};

}  // namespace hezar::torch
