#include <io/torch_tensors.hpp>

#include <algorithm>
#include <optional>
#include <utility>

#include <hezar/text/concat.hpp>

#include <io/bool_bytes.hpp>
#include <io/printable.hpp>
#include <io/torch_dtype.hpp>

namespace hezar::io {

namespace {

using pickle::Id;
using pickle::Kind;
using pickle::Node;

constexpr std::size_t kMaxDims = 64;
constexpr std::size_t kMaxKeyBytes = 64;
/// A view may repeat its storage (stride 0); whoever makes it dense allocates this much at most.
constexpr std::int64_t kMaxRepeatedBytes = 1'073'741'824;

bool is_storage_key(std::string_view key) {
  return !key.empty() && key.size() <= kMaxKeyBytes &&
         std::all_of(key.begin(), key.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                  c == '_';
         });
}

}  // namespace

Error TorchTensors::error(std::string_view expected, std::string_view got, std::string hint) const {
  const std::string where = current_.empty()
                                ? archive_->name()
                                : text::concat(archive_->name(), ": tensor ", printable(current_));
  if (hint.empty()) hint = "The file is damaged or was made to mislead.";
  return expected_error(ErrorCode::kFormat, where, expected, got, std::move(hint));
}

bool TorchTensors::is_tensor(Id id) const {
  if (node(id).kind() != Kind::kCall) return false;
  const std::string_view function = node(node(id).items()[0]).text();
  return function == kRebuildTensor2 || function == kRebuildTensor3 ||
         function == kRebuildParameter;
}

StateDict TorchTensors::state_dict() {
  const Node& root = node(tree_->root);
  if (root.kind() != Kind::kDict) {
    throw error("a dict of tensors", is_tensor(tree_->root) ? "one tensor" : to_string(root.kind()),
                "Save it again with torch.save(model.state_dict(), path).");
  }
  StateDict out;
  for (std::size_t i = 0; i < root.items().size(); i += 2) {
    const Node& key = node(root.items()[i]);
    if (key.kind() != Kind::kString) {
      throw error("strings as keys of the state_dict", to_string(key.kind()), where_tensors_are());
    }
    current_ = key.text();
    const Id value = root.items()[i + 1];
    if (!is_tensor(value)) {
      throw error(text::concat("a tensor as each value of the state_dict"),
                  to_string(node(value).kind()), where_tensors_are());
    }
    if (out.find(current_) != nullptr) throw error("each name once", "it twice");
    out.add(current_, tensor(value));
  }
  return out;
}

std::string TorchTensors::where_tensors_are() const {
  const Node& root = node(tree_->root);
  for (std::size_t i = 0; i < root.items().size(); i += 2) {
    const Node& key = node(root.items()[i]);
    const Node& value = node(root.items()[i + 1]);
    if (key.kind() != Kind::kString || value.kind() != Kind::kDict || value.items().empty())
      continue;
    bool tensors = true;
    for (std::size_t k = 1; k < value.items().size(); k += 2)
      tensors &= is_tensor(value.items()[k]);
    if (!tensors) continue;
    return text::concat("The weights are under ", printable(key.text()),
                        ": save that part alone with torch.save.");
  }
  return "Save it again with torch.save(model.state_dict(), path).";
}

Tensor TorchTensors::tensor(Id id) {
  // A parameter wraps a tensor. Depth is bounded by the machine.
  while (is_tensor(id)) {
    const std::string_view function = node(node(id).items()[0]).text();
    const std::vector<Id>& arguments = node(node(id).items()[1]).items();
    if (function == kRebuildTensor2) return rebuild(arguments, false);
    if (function == kRebuildTensor3) return rebuild(arguments, true);
    if (arguments.size() != 3) throw error("three arguments of _rebuild_parameter", "others");
    id = arguments[0];
  }
  throw error("a tensor in the parameter", to_string(node(id).kind()));
}

/// (storage, offset, size, stride, requires_grad, hooks[, dtype][, metadata])
Tensor TorchTensors::rebuild(const std::vector<Id>& arguments, bool with_dtype) {
  const std::size_t needed = with_dtype ? 7 : 6;
  if (arguments.size() < needed || arguments.size() > needed + 1) {
    throw error(text::concat(needed, " arguments of _rebuild_tensor"),
                std::to_string(arguments.size()));
  }
  Layout layout;
  TorchStorage& bytes = storage(arguments[0], layout.dtype);
  if (with_dtype) {
    const Node& name = node(arguments[6]);
    const std::optional<DType> dtype =
        name.kind() == Kind::kGlobal ? dtype_of_name(name.text()) : std::nullopt;
    if (!dtype) throw error("a dtype of torch", to_string(name.kind()));
    layout.dtype = *dtype;
  } else if (layout.dtype == DType::kUnset) {
    layout.dtype = DType::kUInt8;  // as torch.load does with untyped storages
  }
  layout.offset = size(arguments[1], "offset");
  layout.shape = sizes(arguments[2], "shape");
  layout.strides = sizes(arguments[3], "strides");
  check_layout(layout, bytes);
  if (layout.dtype == DType::kBool) check_bools(bytes);
  std::byte* data = bytes.data + layout.offset * size_bytes(layout.dtype);
  return Tensor::view(data, std::move(layout.shape), std::move(layout.strides), layout.dtype,
                      bytes.owner);
}

/// ('storage', class, key, location, elements)
TorchStorage& TorchTensors::storage(Id id, DType& dtype) {
  if (node(id).kind() != Kind::kPersistent) throw error("a storage", to_string(node(id).kind()));
  const Node& tuple = node(node(id).items()[0]);
  const bool shaped = tuple.kind() == Kind::kTuple && tuple.items().size() == 5 &&
                      node(tuple.items()[0]).kind() == Kind::kString &&
                      node(tuple.items()[0]).text() == "storage" &&
                      node(tuple.items()[1]).kind() == Kind::kGlobal &&
                      node(tuple.items()[2]).kind() == Kind::kString;
  if (!shaped) throw error("a storage's five fields", "others");
  const std::string_view type = node(tuple.items()[1]).text();
  const std::string_view key = node(tuple.items()[2]).text();
  const std::optional<DType> known = dtype_of_storage(type);
  if (!known && type != kUntypedStorage) throw error("a storage class", printable(type));
  if (!is_storage_key(key)) throw error("a storage key of letters and digits", printable(key));
  dtype = known.value_or(DType::kUnset);
  std::int64_t bytes = size(tuple.items()[4], "storage size");
  const std::int64_t item = known ? size_bytes(*known) : 1;
  TorchStorage& found = archive_->storage(key);
  if (__builtin_mul_overflow(bytes, item, &bytes) ||
      static_cast<std::uint64_t>(bytes) != found.size) {
    throw error(text::concat("storage ", printable(key), " as large as declared"),
                text::concat(found.size, " bytes"));
  }
  return found;
}

std::int64_t TorchTensors::size(Id id, std::string_view what) const {
  const Node& value = node(id);
  if (value.kind() != Kind::kInt)
    throw error(text::concat("an int >= 0 as ", what), to_string(value.kind()));
  if (value.integer() < 0)
    throw error(text::concat("an int >= 0 as ", what), std::to_string(value.integer()));
  return value.integer();
}

std::vector<std::int64_t> TorchTensors::sizes(Id id, std::string_view what) const {
  const Node& tuple = node(id);
  if (tuple.kind() != Kind::kTuple)
    throw error(text::concat("a tuple as ", what), to_string(tuple.kind()));
  if (tuple.items().size() > kMaxDims) {
    throw error(text::concat("at most ", kMaxDims, " dimensions"),
                std::to_string(tuple.items().size()));
  }
  std::vector<std::int64_t> out;
  for (const Id item : tuple.items()) out.push_back(size(item, what));
  return out;
}

/// Every element lies in the storage.
void TorchTensors::check_layout(const Layout& layout, const TorchStorage& storage) const {
  if (layout.strides.size() != layout.shape.size())
    throw error("one stride for each dimension", to_string(layout.strides));
  const std::int64_t item = size_bytes(layout.dtype);
  const auto available = static_cast<std::int64_t>(storage.size) / item;
  std::int64_t last = layout.offset;
  std::int64_t bytes = item;
  bool overflow = false;
  bool empty = false;
  for (std::size_t i = 0; i < layout.shape.size(); ++i) {
    const std::int64_t length = layout.shape[i];
    std::int64_t step = 0;
    empty |= length == 0;
    overflow |= __builtin_mul_overflow(bytes, std::max<std::int64_t>(length, 1), &bytes);
    overflow |=
        __builtin_mul_overflow(std::max<std::int64_t>(length, 1) - 1, layout.strides[i], &step);
    overflow |= __builtin_add_overflow(last, step, &last);
  }
  const bool inside = empty ? layout.offset <= available : last < available;
  if (overflow || !inside) {
    throw error(text::concat("elements within a storage of ", available),
                text::concat("offset ", layout.offset, ", shape ", to_string(layout.shape),
                             ", strides ", to_string(layout.strides)));
  }
  if (!empty && bytes > kMaxRepeatedBytes && bytes / item > available) {
    throw error(text::concat("at most ", kMaxRepeatedBytes,
                             " bytes for a tensor that repeats its "
                             "storage"),
                std::to_string(bytes));
  }
}

void TorchTensors::check_bools(TorchStorage& storage) const {
  if (!storage.are_bools && !are_bool_bytes(storage.data, storage.size))
    throw error("bytes 0 and 1 in a bool tensor", "others");
  storage.are_bools = true;
}

}  // namespace hezar::io
