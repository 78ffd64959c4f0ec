#include <cerrno>
#include <cstdint>
#include <limits>
#include <map>
#include <mutex>

#include <sys/mman.h>
#include <unistd.h>

#include <hezar/io/files.hpp>

#include <io/file_handle.hpp>

namespace hezar::io {

namespace {

/// The mappings that live, by where they begin.
struct Mappings {
  std::mutex mutex;
  std::map<std::uintptr_t, std::size_t> sizes;
};

Mappings& mappings() {
  static auto& all = *new Mappings();  // mapped files may outlive main
  return all;
}

}  // namespace

std::shared_ptr<MappedFile> MappedFile::open(const std::filesystem::path& file) {
  const OpenedFile opened = open_regular(file);
  if (opened.size > std::numeric_limits<std::size_t>::max())
    throw io_error(file, "to map it", EFBIG);
  const auto size = static_cast<std::size_t>(opened.size);
  if (size == 0) return std::shared_ptr<MappedFile>(new MappedFile(nullptr, 0));
  // Writable and private: an optimizer may update weights in place. MAP_NORESERVE: a file larger
  // than the memory that is free can still be mapped.
  void* data = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE,
                      opened.handle.get(), 0);
  if (data == MAP_FAILED) throw io_error(file, "to map it", errno);
  Mappings& all = mappings();
  const std::scoped_lock lock(all.mutex);
  all.sizes.emplace(reinterpret_cast<std::uintptr_t>(data), size);
  return std::shared_ptr<MappedFile>(new MappedFile(static_cast<std::byte*>(data), size));
}

MappedFile::~MappedFile() {
  if (data_ == nullptr) return;
  Mappings& all = mappings();
  const std::scoped_lock lock(all.mutex);
  all.sizes.erase(reinterpret_cast<std::uintptr_t>(data_));
  ::munmap(data_, size_);
}

void forget_pages(const void* data, std::size_t size) noexcept {
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto address = reinterpret_cast<std::uintptr_t>(data);
  const std::uintptr_t begin = (address + page - 1) / page * page;
  const std::uintptr_t end = (address + size) / page * page;
  if (begin >= end) return;
  Mappings& all = mappings();
  const std::scoped_lock lock(all.mutex);
  auto mapping = all.sizes.upper_bound(begin);
  if (mapping == all.sizes.begin()) return;
  --mapping;
  if (end > mapping->first + mapping->second) return;
  auto* bytes = const_cast<std::byte*>(static_cast<const std::byte*>(data));
  ::madvise(bytes + (begin - address), end - begin, MADV_DONTNEED);
}

}  // namespace hezar::io
