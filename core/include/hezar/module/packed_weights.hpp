#pragma once

#include <filesystem>
#include <string_view>

#include <hezar/api.hpp>
#include <hezar/io/state_dict.hpp>
#include <hezar/module/model.hpp>

/// Weights that lie in a file as a precision computes with them, so that loading maps them and is
/// done.
namespace hezar {

/// In the metadata of such a file: "bf16", "int8".
inline constexpr std::string_view kPrecisionKey = "hezar.precision";
/// In the metadata of such a file: how many parameters the model has.
inline constexpr std::string_view kParametersKey = "hezar.parameters";

/// What the weights are packed for; kFp32 where they are plain.
/// @throws Error kFormat for a precision that this version does not know.
[[nodiscard]] HEZAR_API Precision precision_of(const io::StoredWeights& weights);

/// The ability of a model to put its weights into packed form, and to compute with what lies in a
/// file so; see Module::as.
class HEZAR_API PackableModel {
 public:
  static constexpr std::string_view kInterfaceId = "hezar.PackableModel/1";

  virtual ~PackableModel();

  /// The weights, packed on any CPU. They share memory with the model where they need no packing.
  /// @param precision  kBf16 or kInt8.
  [[nodiscard]] virtual io::StoredWeights packed_weights(Precision precision) const = 0;

  /// As Model::load_weights, of what packed_weights() gave.
  /// @throws Error kFormat for a layout of another version, and for packed tensors that are
  /// missing, of another shape or not finite.
  [[nodiscard]] virtual WeightsReport load_packed(const io::StoredWeights& weights,
                                                  const LoadOptions& options) = 0;
};

/// Writes config, preprocessors and weights as Model::save does, the weights to model.safetensors.
/// @param precision  kFp32: plain weights; else packed ones, which load() maps.
/// @throws Error kNotImplemented for a model that has no packed form, kIo.
HEZAR_API void save_safetensors(const Model& model, const std::filesystem::path& folder,
                                Precision precision = Precision::kFp32);

}  // namespace hezar
