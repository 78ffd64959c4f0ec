#include <io/torch_archive.hpp>

#include <cstdint>
#include <cstring>

#include <sys/mman.h>
#include <unistd.h>

#include <hezar/tensor/tensor.hpp>
#include <hezar/text/concat.hpp>

#include <io/bytes.hpp>
#include <io/printable.hpp>
#include <io/sniff.hpp>

namespace hezar::io {

namespace {

constexpr std::string_view kPickleName = "/data.pkl";
constexpr std::size_t kStorageAlignment = 8;  // of the widest element

/// Gives the memory of a mapped range back once it has been copied, lest both count at once.
void forget(std::byte* data, std::size_t size) {
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const std::uintptr_t before = reinterpret_cast<std::uintptr_t>(data) % page;
  // The pages are clean copies of the file's: whoever touches them again reads them again.
  ::madvise(data - before, size + before, MADV_DONTNEED);
}

}  // namespace

TorchArchive::TorchArchive(const std::filesystem::path& file, bool map)
    : name_(file.string()), file_(MappedFile::open(file)), map_(map) {
  if (!as_text(file_->data(), file_->size()).starts_with("PK")) {
    const Sniffed sniffed = sniff(file_->data(), file_->size());
    throw expected_error(ErrorCode::kFormat, name_, "a zip archive written by torch.save",
                         sniffed.what.empty() ? "other content" : sniffed.what, sniffed.hint);
  }
  zip_ = std::make_unique<ZipReader>(file_, name_);
  find_top();
  check_byte_order();
}

void TorchArchive::find_top() {
  for (const auto& [entry, _] : zip_->entries()) {
    if (!entry.ends_with(kPickleName)) continue;
    const std::string top = entry.substr(0, entry.size() - kPickleName.size());
    if (top.empty() || top.find('/') != std::string::npos) continue;
    if (!top_.empty()) throw zip_->error("one data.pkl", "several");
    top_ = top + "/";
  }
  if (top_.empty()) {
    throw zip_->error("a zip archive written by torch.save", "one without data.pkl",
                      "Give a .safetensors file, or one of torch.save(state_dict, path).");
  }
  if (zip_->find(top_ + "constants.pkl") != nullptr) {
    throw zip_->error("weights", "a TorchScript archive, which is a program",
                      "Nothing was executed. Save its state_dict with torch.save.");
  }
}

void TorchArchive::check_byte_order() const {
  const std::string name = top_ + "byteorder";
  const ZipReader::Entry* entry = zip_->find(name);
  if (entry == nullptr) return;  // files from before PyTorch 2.1 are little-endian
  zip_->check(name, *entry);
  const std::string_view order = as_text(entry->data, entry->size);
  if (order != "little") throw zip_->error("byte order little", printable(order));
}

std::string_view TorchArchive::pickle() const {
  const std::string name = top_ + std::string(kPickleName.substr(1));
  const ZipReader::Entry& entry = *zip_->find(name);
  zip_->check(name, entry);
  return as_text(entry.data, entry.size);
}

TorchStorage& TorchArchive::storage(std::string_view key) {
  const auto known = storages_.find(key);
  if (known != storages_.end()) return known->second;
  const std::string name = text::concat(top_, "data/", key);
  const ZipReader::Entry* entry = zip_->find(name);
  if (entry == nullptr) throw zip_->error("storage " + printable(name), "none");
  zip_->check(name, *entry);
  TorchStorage storage{entry->data, entry->size, file_};
  const bool aligned = reinterpret_cast<std::uintptr_t>(entry->data) % kStorageAlignment == 0;
  if ((!map_ || !aligned) && entry->size > 0) {
    Tensor copy = Tensor::empty({static_cast<std::int64_t>(entry->size)}, DType::kUInt8);
    std::memcpy(copy.data(), entry->data, entry->size);
    forget(entry->data, entry->size);
    storage.data = static_cast<std::byte*>(copy.data());
    storage.owner = copy.owner();
  }
  return storages_.emplace(key, std::move(storage)).first->second;
}

}  // namespace hezar::io
