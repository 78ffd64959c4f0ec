#include <algorithm>
#include <ostream>
#include <string>

#include <hezar/io/files.hpp>
#include <hezar/io/torch_file.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

#include <io/pickle_opcodes.hpp>
#include <io/pickle_writer.hpp>
#include <io/torch_dtype.hpp>
#include <io/torch_storages.hpp>
#include <io/writable.hpp>
#include <io/zip_writer.hpp>

namespace hezar::io {

namespace {

using namespace pickle;

/// The archive's root folder: the file's stem, as torch.save has it, unless it makes no entry name.
std::string root_name(const std::filesystem::path& file) {
  const std::string stem = file.stem().string();
  const bool plain =
      !text::find_invalid_utf8(stem) && std::none_of(stem.begin(), stem.end(), [](unsigned char c) {
        return c < 0x20 || c == 0x7F || c == '\\';
      });
  const bool dots = stem.find_first_not_of('.') == std::string::npos;
  return plain && !dots ? stem : "archive";
}

/// ('storage', class, key, 'cpu', elements)
void write_storage(Writer& out, const Tensor& tensor, std::size_t number, std::size_t bytes) {
  const std::string_view type = storage_class(tensor.dtype());
  out.op(kOpMark);
  out.string("storage");
  if (type.empty()) {
    out.global("torch.storage", "UntypedStorage");
  } else {
    out.global("torch", type);
  }
  out.string(std::to_string(number));
  out.string("cpu");
  const std::int64_t item = type.empty() ? 1 : size_bytes(tensor.dtype());
  out.integer(static_cast<std::int64_t>(bytes) / item);
  out.op(kOpTuple);
  out.op(kOpBinPersId);
}

/// _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks); v3 has the dtype too.
void write_tensor(Writer& out, const Tensor& tensor, const StoragePlace& place, std::size_t bytes) {
  const bool typed = !storage_class(tensor.dtype()).empty();
  out.global("torch._utils", typed ? "_rebuild_tensor_v2" : "_rebuild_tensor_v3");
  out.op(kOpMark);
  write_storage(out, tensor, place.storage, bytes);
  out.integer(place.offset);
  out.tuple(tensor.shape());
  out.tuple(tensor.strides());
  out.boolean(false);
  out.ordered_dict();
  if (!typed) out.global("torch", to_string(tensor.dtype()));
  out.op(kOpTuple);
  out.op(kOpReduce);
}

/// An OrderedDict with an attribute `_metadata`, which torch.nn.Module.load_state_dict copies.
std::string pickle_of(const StateDict& tensors, const StoragePlan& plan) {
  Writer out;
  out.ordered_dict();
  out.op(kOpMark);
  std::size_t index = 0;
  for (const auto& [name, tensor] : tensors) {
    const StoragePlace& place = plan.places[index++];
    out.string(name);
    write_tensor(out, tensor, place, plan.storages[place.storage].size());
  }
  out.op(kOpSetItems);
  out.op(kOpEmptyDict);
  out.string("_metadata");
  out.ordered_dict();
  out.op(kOpSetItem);
  out.op(kOpBuild);
  return out.finish();
}

/// 40 digits that differ when the content does.
std::string serialization_id(std::uint64_t fingerprint) {
  constexpr std::size_t kDigits = 40;
  std::string digits = std::to_string(fingerprint);
  digits.insert(0, kDigits - digits.size(), '0');
  return digits;
}

}  // namespace

void write_torch(const std::filesystem::path& file, const StateDict& tensors) {
  check_writable(file, tensors);
  const StoragePlan plan = plan_storages(tensors);
  const std::string pickle = pickle_of(tensors, plan);
  const std::string root = root_name(file) + "/";
  write_file(file, [&](std::ostream& out) {
    ZipWriter zip(out);
    zip.add(root + "data.pkl", pickle);
    zip.add(root + ".format_version", "1");
    zip.add(root + ".storage_alignment", "64");
    zip.add(root + "byteorder", "little");
    for (std::size_t i = 0; i < plan.storages.size(); ++i)
      zip.add(text::concat(root, "data/", i), plan.storages[i]);
    zip.add(root + "version", "3\n");
    zip.add(root + ".data/serialization_id", serialization_id(zip.fingerprint()));
    zip.finish();
  });
}

}  // namespace hezar::io
