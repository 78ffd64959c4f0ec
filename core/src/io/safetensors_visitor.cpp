#include <io/safetensors_visitor.hpp>

#include <algorithm>
#include <limits>
#include <utility>

#include <hezar/text/concat.hpp>

#include <io/printable.hpp>
#include <io/safetensors_dtype.hpp>

namespace hezar::io {

namespace {

constexpr std::string_view kMetadataKey = "__metadata__";
constexpr std::size_t kMaxDims = 64;
constexpr std::uint64_t kMaxDim = std::numeric_limits<std::int64_t>::max();

}  // namespace

void SafetensorsVisitor::fail(std::string_view code, std::string_view expected,
                              std::string_view got) {
  if (failure_) return;
  const bool in_tensor = !roles_.empty() && name_ != kMetadataKey;
  failure_ = Failure{std::string(code), in_tensor ? "tensor " + printable(name_) : std::string(),
                     std::string(expected), std::string(got)};
}

void SafetensorsVisitor::refuse(std::string_view got) {
  if (roles_.empty()) return fail("HEADER_NOT_OBJECT", "a JSON object", got);
  switch (roles_.back()) {
    case Role::kTop:
      if (name_ == kMetadataKey)
        return fail("BAD_METADATA", "__metadata__ to be an object of strings", got);
      return fail("BAD_TENSOR_INFO", "an object with dtype, shape and data_offsets", got);
    case Role::kMetadata:
      return fail("BAD_METADATA",
                  text::concat("a string as __metadata__'s ", printable(metadata_key_)), got);
    case Role::kInfo:
      if (field_ == Field::kDtype) return fail("BAD_TENSOR_INFO", "a string as dtype", got);
      if (field_ == Field::kShape)
        return fail("BAD_SHAPE", "an array of integers >= 0 as shape", got);
      if (field_ == Field::kOffsets)
        return fail("BAD_OFFSETS", "two integers >= 0 as data_offsets", got);
      return;
    case Role::kShape:
      return fail("BAD_SHAPE", "integers >= 0 in shape", got);
    case Role::kOffsets:
      return fail("BAD_OFFSETS", "two integers >= 0 as data_offsets", got);
    case Role::kIgnored:
      return;
  }
}

void SafetensorsVisitor::begin_object() {
  if (roles_.empty()) {
    roles_.push_back(Role::kTop);
    return;
  }
  if (!in(Role::kTop)) {
    refuse("an object");
    roles_.push_back(Role::kIgnored);
    return;
  }
  roles_.push_back(name_ == kMetadataKey ? Role::kMetadata : Role::kInfo);
  dtype_.reset();
  shape_.reset();
  offsets_.reset();
}

void SafetensorsVisitor::end_object() {
  if (in(Role::kInfo) && !failure_) finish_info();
  roles_.pop_back();
}

void SafetensorsVisitor::begin_array() {
  if (in(Role::kInfo) && field_ == Field::kShape) {
    shape_.emplace();
    roles_.push_back(Role::kShape);
  } else if (in(Role::kInfo) && field_ == Field::kOffsets) {
    offsets_.emplace();
    roles_.push_back(Role::kOffsets);
  } else {
    refuse("an array");
    roles_.push_back(Role::kIgnored);
  }
}

void SafetensorsVisitor::end_array() {
  roles_.pop_back();
}

void SafetensorsVisitor::key(std::string&& name) {
  if (in(Role::kTop)) {
    name_ = std::move(name);
  } else if (in(Role::kMetadata)) {
    metadata_key_ = std::move(name);
  } else if (in(Role::kInfo)) {
    field_ = name == "dtype"          ? Field::kDtype
             : name == "shape"        ? Field::kShape
             : name == "data_offsets" ? Field::kOffsets
                                      : Field::kUnknown;
  }
}

void SafetensorsVisitor::string(std::string&& text) {
  if (in(Role::kMetadata)) {
    header_.metadata[metadata_key_] = std::move(text);
  } else if (in(Role::kInfo) && field_ == Field::kDtype) {
    dtype_ = std::move(text);
  } else {
    refuse("a string");
  }
}

void SafetensorsVisitor::integer(std::uint64_t value) {
  if (in(Role::kShape)) {
    add_dim(value);
  } else if (in(Role::kOffsets)) {
    if (offsets_->size() < 3) offsets_->push_back(value);
  } else {
    refuse("a number");
  }
}

void SafetensorsVisitor::add_dim(std::uint64_t length) {
  if (length > kMaxDim)
    return fail("DIM_TOO_LARGE", "dimensions below 2^63", std::to_string(length));
  if (shape_->size() == kMaxDims)
    return fail("TOO_MANY_DIMS", text::concat("at most ", kMaxDims, " dimensions"), "more");
  shape_->push_back(static_cast<std::int64_t>(length));
}

void SafetensorsVisitor::finish_info() {
  const std::string_view missing = !dtype_     ? "dtype"
                                   : !shape_   ? "shape"
                                   : !offsets_ ? "data_offsets"
                                               : "";
  if (!missing.empty())
    return fail("BAD_TENSOR_INFO", "dtype, shape and data_offsets", text::concat("no ", missing));
  const SafetensorsDtype* dtype = find_safetensors_dtype(*dtype_);
  if (dtype == nullptr) return fail("UNKNOWN_DTYPE", "a dtype of the format", printable(*dtype_));
  if (offsets_->size() != 2)
    return fail("BAD_OFFSETS", "two integers >= 0 as data_offsets", "another number of them");
  const std::uint64_t begin = (*offsets_)[0];
  const std::uint64_t end = (*offsets_)[1];
  if (end < begin)
    return fail("BAD_OFFSETS", "data_offsets in order", text::concat("[", begin, ", ", end, "]"));
  check_shape(dtype->bits);
  if (failure_) return;
  header_.entries.push_back({name_, std::move(*dtype_), std::move(*shape_), begin, end});
}

void SafetensorsVisitor::check_shape(std::uint32_t bits) {
  std::uint64_t total = 1;
  bool overflow = false;
  for (const std::int64_t length : *shape_)
    overflow |= __builtin_mul_overflow(total, static_cast<std::uint64_t>(length), &total);
  overflow |= __builtin_mul_overflow(total, std::uint64_t{bits}, &total);
  // A tensor with a 0 among its dimensions still has strides, which are products of the others.
  std::int64_t extent = (bits + 7) / 8;
  for (const std::int64_t length : *shape_)
    overflow |= __builtin_mul_overflow(extent, std::max<std::int64_t>(length, 1), &extent);
  if (overflow) return fail("SHAPE_OVERFLOW", "fewer than 2^63 bytes", to_string(*shape_));
  if (total % 8 != 0) {
    fail("MISALIGNED_SUBBYTE", "a whole number of bytes",
         text::concat(*dtype_, " ", to_string(*shape_)));
  }
}

}  // namespace hezar::io
