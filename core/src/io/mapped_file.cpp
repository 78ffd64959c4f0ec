#include <cerrno>
#include <limits>

#include <sys/mman.h>

#include <hezar/io/files.hpp>

#include <io/file_handle.hpp>

namespace hezar::io {

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
  return std::shared_ptr<MappedFile>(new MappedFile(static_cast<std::byte*>(data), size));
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(data_, size_);
}

}  // namespace hezar::io
