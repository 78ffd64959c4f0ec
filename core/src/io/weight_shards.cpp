#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <hezar/io/safetensors.hpp>
#include <hezar/io/torch_file.hpp>
#include <hezar/text/concat.hpp>

#include <io/printable.hpp>
#include <io/weight_map.hpp>

namespace hezar::io {

namespace {

namespace fs = std::filesystem;

/// A tensor of an open shard by name.
using FindTensor = std::function<std::optional<Tensor>(const std::string&)>;

StateDict read_shards(const fs::path& index_file, const WeightMap& map,
                      const std::function<FindTensor(const fs::path&)>& open) {
  std::map<std::string_view, FindTensor> shards;
  StateDict out;
  for (const auto& [tensor, name] : map) {
    const fs::path path = index_file.parent_path() / name;
    FindTensor& find = shards[name];
    if (!find) find = open(path);
    std::optional<Tensor> found = find(tensor);
    if (!found) {
      throw index_error(path, "SHARD_TENSOR_MISSING",
                        text::concat("tensor ", printable(tensor), ", as the index says"),
                        "none of that name",
                        "The shards and the index are of different downloads.");
    }
    out.add(tensor, *std::move(found));
  }
  return out;
}

}  // namespace

StateDict read_safetensors_index(const fs::path& index_file, const ReadOptions& options) {
  const auto open = [&](const fs::path& path) -> FindTensor {
    const auto shard = std::make_shared<SafetensorsFile>(SafetensorsFile::open(path, options));
    return [shard](const std::string& name) {
      return shard->contains(name) ? std::optional(shard->get(name)) : std::nullopt;
    };
  };
  return read_shards(index_file, read_weight_map(index_file, ".safetensors"), open);
}

StateDict read_torch_index(const fs::path& index_file, const ReadOptions& options) {
  const auto open = [&](const fs::path& path) -> FindTensor {
    const auto shard = std::make_shared<StateDict>(read_torch(path, options));
    return [shard](const std::string& name) {
      const Tensor* found = shard->find(name);
      return found != nullptr ? std::optional(*found) : std::nullopt;
    };
  };
  return read_shards(index_file, read_weight_map(index_file, ".bin"), open);
}

}  // namespace hezar::io
