#include <hezar/io/safetensors.hpp>

#include <algorithm>
#include <cstring>
#include <utility>

#include <hezar/io/files.hpp>
#include <hezar/text/concat.hpp>

#include <io/bool_bytes.hpp>
#include <io/bytes.hpp>
#include <io/file_handle.hpp>
#include <io/printable.hpp>
#include <io/safetensors_dtype.hpp>
#include <io/safetensors_header.hpp>
#include <io/sniff.hpp>

namespace hezar::io {

struct SafetensorsFile::Impl {
  std::filesystem::path path;
  std::shared_ptr<MappedFile> map;  // null when reading; shared: tensors view it
  FileHandle handle;                // open when reading
  std::uint64_t size = 0;
  std::uint64_t data_begin = 0;
  SafetensorsHeader header;
  std::map<std::string_view, std::size_t> index;  // views the names of header.entries

  [[nodiscard]] std::string read(std::uint64_t offset, std::size_t count) const;
  [[nodiscard]] std::uint64_t header_size() const;
  [[nodiscard]] Tensor tensor(const Entry& entry, Shape shape, DType dtype) const;
};

namespace {

constexpr std::uint64_t kPrefixBytes = 8;

/// The shape in elements of `dtype`; two 4-bit floats are one element.
Shape tensor_shape(const std::filesystem::path& path, const SafetensorsFile::Entry& entry,
                   DType dtype) {
  Shape shape = entry.shape;
  if (dtype != DType::kFloat4E2M1FNX2) return shape;
  // Whole bytes of 4-bit floats imply at least one dimension.
  if (shape.back() % 2 != 0) {
    throw expected_error(
        ErrorCode::kValue, text::concat(path.string(), ": tensor ", printable(entry.name)),
        "an even last dimension for F4, which is kept two to a byte", to_string(shape));
  }
  shape.back() /= 2;
  return shape;
}

}  // namespace

std::string SafetensorsFile::Impl::read(std::uint64_t offset, std::size_t count) const {
  if (map != nullptr) return std::string(as_text(map->data() + offset, count));
  std::string out(count, '\0');
  read_exactly(handle, path, reinterpret_cast<std::byte*>(out.data()), count, offset);
  return out;
}

/// Checks the length prefix against the limit and the file.
std::uint64_t SafetensorsFile::Impl::header_size() const {
  const std::string file = path.string();
  const std::string head = read(0, static_cast<std::size_t>(std::min<std::uint64_t>(size, 512)));
  const auto* bytes = reinterpret_cast<const std::byte*>(head.data());
  const Sniffed sniffed = sniff(bytes, head.size());
  const auto got = [&sniffed](const std::string& figure) {
    return sniffed.what.empty() ? figure : sniffed.what;
  };
  if (size < kPrefixBytes) {
    throw safetensors_error(file, "HEADER_TOO_SMALL", "a safetensors file of at least 8 bytes",
                            got(text::concat(size, " bytes")), sniffed.hint);
  }
  const auto length = load_little<std::uint64_t>(bytes);
  if (length > kMaxHeaderBytes) {
    throw safetensors_error(file, "HEADER_TOO_LARGE",
                            text::concat("a header of at most ", kMaxHeaderBytes, " bytes"),
                            got(std::to_string(length)),
                            sniffed.hint.empty() ? "It is no safetensors file." : sniffed.hint);
  }
  if (length > size - kPrefixBytes) {
    throw safetensors_error(
        file, "HEADER_LENGTH_PAST_EOF", text::concat("a header within the file's ", size, " bytes"),
        got(text::concat("one of ", length)),
        sniffed.hint.empty() ? "The file is cut short or no safetensors file." : sniffed.hint);
  }
  return length;
}

SafetensorsFile SafetensorsFile::open(const std::filesystem::path& file,
                                      const ReadOptions& options) {
  auto impl = std::make_unique<Impl>();
  impl->path = file;
  if (options.mmap) {
    impl->map = MappedFile::open(file);
    impl->size = impl->map->size();
  } else {
    OpenedFile opened = open_regular(file);
    impl->handle = std::move(opened.handle);
    impl->size = opened.size;
  }
  const std::uint64_t length = impl->header_size();
  impl->data_begin = kPrefixBytes + length;
  const std::string owned =
      options.mmap ? std::string() : impl->read(kPrefixBytes, static_cast<std::size_t>(length));
  const std::string_view json =
      options.mmap ? as_text(impl->map->data() + kPrefixBytes, static_cast<std::size_t>(length))
                   : std::string_view(owned);
  impl->header = parse_safetensors_header(json, impl->size - impl->data_begin, file.string());
  for (std::size_t i = 0; i < impl->header.entries.size(); ++i)
    impl->index.emplace(impl->header.entries[i].name, i);
  return SafetensorsFile(std::move(impl));
}

SafetensorsFile::SafetensorsFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SafetensorsFile::~SafetensorsFile() = default;
SafetensorsFile::SafetensorsFile(SafetensorsFile&&) noexcept = default;
SafetensorsFile& SafetensorsFile::operator=(SafetensorsFile&&) noexcept = default;

const std::vector<SafetensorsFile::Entry>& SafetensorsFile::entries() const {
  return impl_->header.entries;
}

const std::map<std::string, std::string>& SafetensorsFile::metadata() const {
  return impl_->header.metadata;
}

Tensor SafetensorsFile::Impl::tensor(const Entry& entry, Shape shape, DType dtype) const {
  const auto bytes = static_cast<std::size_t>(entry.end - entry.begin);
  if (map != nullptr && bytes > 0) {
    std::byte* data = map->data() + data_begin + entry.begin;
    const auto item = static_cast<std::uintptr_t>(hezar::size_bytes(dtype));
    if (reinterpret_cast<std::uintptr_t>(data) % item == 0)
      return Tensor::view(data, std::move(shape), dtype, map);
    Tensor copy = Tensor::empty(std::move(shape), dtype);
    std::memcpy(copy.data(), data, bytes);
    return copy;
  }
  Tensor out = Tensor::empty(std::move(shape), dtype);
  if (bytes > 0)
    read_exactly(handle, path, static_cast<std::byte*>(out.data()), bytes,
                 data_begin + entry.begin);
  return out;
}

bool SafetensorsFile::contains(std::string_view name) const {
  return impl_->index.contains(name);
}

Tensor SafetensorsFile::get(std::string_view name) const {
  const auto found = impl_->index.find(name);
  if (found == impl_->index.end()) {
    std::vector<std::string> names;
    for (const Entry& entry : entries()) names.push_back(entry.name);
    throw unknown_name_error(ErrorCode::kKey, impl_->path.string(), "a tensor's name", name, names);
  }
  const Entry& entry = entries()[found->second];
  const DType dtype = find_safetensors_dtype(entry.dtype)->dtype;
  if (dtype == DType::kUnset) {
    throw expected_error(ErrorCode::kValue,
                         text::concat(impl_->path.string(), ": tensor ", printable(name)),
                         "an element type that tensors have", entry.dtype);
  }
  Tensor out = impl_->tensor(entry, tensor_shape(impl_->path, entry, dtype), dtype);
  if (dtype == DType::kBool &&
      !are_bool_bytes(out.data(), static_cast<std::size_t>(out.size_bytes()))) {
    throw safetensors_error(impl_->path.string(), "BAD_BOOL",
                            text::concat("bytes 0 and 1 in tensor ", printable(name)), "others");
  }
  return out;
}

StateDict SafetensorsFile::state_dict() const {
  StateDict out;
  for (const Entry& entry : entries()) out.add(entry.name, get(entry.name));
  return out;
}

}  // namespace hezar::io
