#include <hezar/module/packed_weights.hpp>

#include <map>
#include <string>
#include <tuple>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/io/safetensors.hpp>
#include <hezar/text/concat.hpp>
#include <module/folder.hpp>

namespace hezar {

namespace {

constexpr std::string_view kFilename = "model.safetensors";

/// Of tensors that share memory the first, and the names of the others as read_stored_weights()
/// reads them.
io::StoredWeights without_copies(const StateDict& tensors) {
  using Place = std::tuple<const void*, Shape, DType>;
  std::map<Place, std::string> names;
  io::StoredWeights out{{}, {{"format", "pt"}}, {}};
  for (const auto& [name, tensor] : tensors) {
    const Place place(tensor.data(), {tensor.shape().begin(), tensor.shape().end()},
                      tensor.dtype());
    const auto [first, is_new] = names.emplace(place, name);
    if (is_new || tensor.numel() == 0) {
      out.tensors.add(name, tensor);
    } else {
      out.metadata.emplace(name, first->second);
    }
  }
  return out;
}

io::StoredWeights packed(const Model& model, Precision precision) {
  // What a module can do is asked of an object that may change; packing changes nothing.
  const auto* packable = const_cast<Model&>(model).as<PackableModel>();
  if (packable == nullptr) {
    throw expected_error(ErrorCode::kNotImplemented, text::concat("model ", model.name()),
                         text::concat("one whose weights can be packed for ", to_string(precision)),
                         "one that has no packed form",
                         "Plain weights (fp32) can be written of every model.");
  }
  const io::StoredWeights all = packable->packed_weights(precision);
  io::StoredWeights out = without_copies(all.tensors);
  out.metadata.insert(all.metadata.begin(), all.metadata.end());
  return out;
}

}  // namespace

PackableModel::~PackableModel() = default;

Precision precision_of(const io::StoredWeights& weights) {
  const auto found = weights.metadata.find(std::string(kPrecisionKey));
  if (found == weights.metadata.end()) return Precision::kFp32;
  for (const Precision known : {Precision::kFp32, Precision::kBf16, Precision::kInt8}) {
    if (found->second == to_string(known)) return known;
  }
  throw expected_error(
      ErrorCode::kFormat, text::concat(weights.file.string(), ": ", kPrecisionKey),
      "fp32, bf16 or int8", text::concat('"', found->second, '"'),
      "The file was written by a newer hezar: update this one, or convert the model again.");
}

void save_safetensors(const Model& model, const std::filesystem::path& folder,
                      Precision precision) {
  model.preprocessors().save(folder);
  const bool is_plain = precision == Precision::kFp32 || precision == Precision::kAuto;
  const io::StoredWeights weights =
      is_plain ? without_copies(model.state_dict()) : packed(model, precision);
  make_folder(folder);
  io::write_aligned_safetensors(folder / kFilename, weights.tensors, weights.metadata);
  write_config_file(model, folder);
}

}  // namespace hezar
