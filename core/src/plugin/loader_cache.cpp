#include <plugin/loader_cache.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include <hezar/error/error.hpp>
#include <plugin/file_reader.hpp>

namespace hezar::plugin {

namespace {

constexpr std::string_view kMagic = "glibc-ld.so.cache1.1";
constexpr std::uint64_t kMaxBytes = 1U << 26;

/// @source glibc 2.36, sysdeps/generic/dl-cache.h: cache_file_new and file_entry_new.
struct Header {
  char magic[20];
  std::uint32_t count;
  std::uint32_t text_bytes;
  std::uint8_t flags[4];
  std::uint32_t extensions;
  std::uint32_t unused[3];
};
struct Entry {
  std::int32_t flags;
  std::uint32_t name;
  std::uint32_t path;
  std::uint32_t os_version;
  std::uint64_t hardware;
};
static_assert(sizeof(Header) == 48 && sizeof(Entry) == 24);

// The low byte says which C library, the next which of its machines.
constexpr std::int32_t kGlibc = 3;
#if defined(__x86_64__)
constexpr std::int32_t kThisMachine = 0x0300 | kGlibc;
#else
constexpr std::int32_t kThisMachine = 0x0a00 | kGlibc;
#endif

std::string text_at(std::string_view bytes, std::uint32_t offset) {
  if (offset >= bytes.size()) return {};
  const std::string_view rest = bytes.substr(offset, 4096);
  return std::string(rest.substr(0, std::min(rest.find('\0'), rest.size())));
}

}  // namespace

LoaderCache::LoaderCache(std::string_view bytes) {
  // An older format may stand in front; offsets count from the newer one's start.
  const std::size_t start = bytes.find(kMagic);
  if (start == std::string_view::npos) return;
  bytes.remove_prefix(start);
  Header header = {};
  if (bytes.size() < sizeof(header)) return;
  std::memcpy(&header, bytes.data(), sizeof(header));
  const std::size_t room = (bytes.size() - sizeof(header)) / sizeof(Entry);
  const std::size_t count = std::min<std::size_t>(header.count, room);
  for (std::size_t i = 0; i < count; ++i) {
    Entry entry = {};
    std::memcpy(&entry, bytes.data() + sizeof(header) + i * sizeof(entry), sizeof(entry));
    if (entry.flags != kThisMachine) continue;
    std::string name = text_at(bytes, entry.name);
    if (!name.empty()) paths_.emplace(std::move(name), text_at(bytes, entry.path));
  }
}

LoaderCache LoaderCache::load(const std::filesystem::path& file) {
  try {
    return LoaderCache(FileReader(file).read_up_to(0, kMaxBytes));
  } catch (const Error&) {
    return LoaderCache(std::string_view());
  }
}

std::filesystem::path LoaderCache::find(std::string_view name) const {
  const auto found = paths_.find(name);
  return found == paths_.end() ? std::filesystem::path() : std::filesystem::path(found->second);
}

}  // namespace hezar::plugin
