#include <plugin/elf_file.hpp>

#include <elf.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::plugin {

namespace {

constexpr std::uint64_t kMaxSegments = 1024;
constexpr std::uint64_t kMaxSectionNames = 1U << 24;  // bytes
constexpr std::uint64_t kMaxNotes = 1U << 20;         // bytes of one segment
constexpr std::uint64_t kMaxDynamic = 1U << 14;       // entries
constexpr std::uint64_t kMaxText = 4096;
constexpr std::uint64_t kMaxSectionName = 256;
constexpr char kDamaged[] = "It is truncated or damaged; copy it again";

#if defined(__x86_64__)
constexpr std::uint16_t kMachine = EM_X86_64;
#else
constexpr std::uint16_t kMachine = EM_AARCH64;
#endif

Error damaged(std::string_view expected, std::string_view got) {
  return Error(ErrorCode::kFormat, text::concat("expected ", expected, ", got ", got), kDamaged);
}

void check_identification(const FileReader& file) {
  const std::string start = file.read_up_to(0, EI_NIDENT);
  if (start.empty()) throw damaged("a shared library", "an empty file");
  const std::string_view magic(ELFMAG, SELFMAG);
  if (!start.starts_with(magic) && !magic.starts_with(start)) {
    throw Error(ErrorCode::kFormat, "expected a shared library, got a file of another format",
                "Remove it from the plugin folder");
  }
  if (start.size() < EI_NIDENT) throw damaged("an ELF header", "less");
  const bool native = start[EI_CLASS] == ELFCLASS64 && start[EI_DATA] == ELFDATA2LSB;
  if (!native) {
    throw Error(ErrorCode::kPlugin,
                "expected a library for 64-bit little-endian machines, got one for others",
                "Get or build it for this machine");
  }
}

void check_header(const Elf64_Ehdr& header) {
  if (header.e_machine != kMachine) {
    throw Error(ErrorCode::kPlugin,
                text::concat("expected a library for this machine (ELF machine ", int{kMachine},
                             "), got one for machine ", int{header.e_machine}),
                "Get or build it for this machine");
  }
  if (header.e_type != ET_DYN) {
    throw Error(
        ErrorCode::kFormat,
        text::concat("expected a shared library, got an ELF file of type ", int{header.e_type}),
        "Remove it from the plugin folder");
  }
  const bool sizes_fit = header.e_phentsize == sizeof(Elf64_Phdr) &&
                         (header.e_shnum == 0 || header.e_shentsize == sizeof(Elf64_Shdr));
  if (!sizes_fit) throw damaged("headers of the standard size", "others");
  if (header.e_phnum == 0 || header.e_phnum > kMaxSegments) {
    throw damaged(text::concat("1 to ", kMaxSegments, " segments"), std::to_string(header.e_phnum));
  }
}

/// Both end inside the file, and their sum does not overflow.
void check_extent(const FileReader& file, std::string_view what, std::uint64_t offset,
                  std::uint64_t size) {
  if (offset <= file.size() && size <= file.size() - offset) return;
  throw damaged(text::concat(what, " of ", size, " bytes at ", offset),
                text::concat("a file of ", file.size(), " bytes"));
}

template <class T>
std::vector<T> read_table(const FileReader& file, std::uint64_t offset, std::uint64_t count,
                          const char* what) {
  check_extent(file, what, offset, count * sizeof(T));
  std::vector<T> table(count);
  file.read(table.data(), offset, count * sizeof(T), what);
  return table;
}

std::uint64_t padded(std::uint64_t size, std::uint64_t alignment) {
  return (size + alignment - 1) / alignment * alignment;
}

}  // namespace

ElfFile::ElfFile(const std::filesystem::path& file) : file_(file) {
  check_identification(file_);
  Elf64_Ehdr header = {};
  file_.read(&header, 0, sizeof(header), "an ELF header");
  check_header(header);
  read_segments(header.e_phoff, header.e_phnum);
  if (header.e_shnum > 0) read_sections(header.e_shoff, header.e_shnum, header.e_shstrndx);
}

void ElfFile::read_segments(std::uint64_t offset, std::uint64_t count) {
  for (const Elf64_Phdr& raw :
       read_table<Elf64_Phdr>(file_, offset, count, "a table of segments")) {
    check_extent(file_, "a segment", raw.p_offset, raw.p_filesz);
    if (raw.p_type == PT_LOAD) {
      const bool aligned = std::has_single_bit(raw.p_align) &&
                           raw.p_vaddr % raw.p_align == raw.p_offset % raw.p_align;
      const bool fits = raw.p_filesz <= raw.p_memsz && raw.p_vaddr + raw.p_memsz >= raw.p_vaddr;
      if (!aligned || !fits) throw damaged("loadable segments", "one that cannot be loaded");
    }
    segments_.push_back({raw.p_type, raw.p_flags, raw.p_offset, raw.p_vaddr, raw.p_filesz});
  }
}

void ElfFile::read_sections(std::uint64_t offset, std::uint64_t count, std::uint64_t names) {
  const auto table = read_table<Elf64_Shdr>(file_, offset, count, "a table of sections");
  if (names >= count) throw damaged("a section with names", "none");
  check_extent(file_, "a section", table[names].sh_offset, table[names].sh_size);
  if (table[names].sh_size > kMaxSectionNames) throw damaged("names of sections", "too many");
  const std::string texts = file_.read_up_to(table[names].sh_offset, table[names].sh_size);
  for (const Elf64_Shdr& raw : table) {
    if (raw.sh_type != SHT_NOBITS && raw.sh_type != SHT_NULL) {
      check_extent(file_, "a section", raw.sh_offset, raw.sh_size);
    }
    if (raw.sh_name > texts.size()) throw damaged("a section with a name", "one without");
    const std::size_t end = std::min(texts.find('\0', raw.sh_name), texts.size());
    sections_.push_back({texts.substr(raw.sh_name, std::min(end - raw.sh_name, kMaxSectionName)),
                         raw.sh_type, raw.sh_flags, raw.sh_offset, raw.sh_size, raw.sh_addralign});
  }
}

const ElfFile::Section* ElfFile::section(std::string_view name) const noexcept {
  const auto found = std::find_if(sections_.begin(), sections_.end(),
                                  [&](const Section& section) { return section.name == name; });
  return found == sections_.end() ? nullptr : &*found;
}

std::string ElfFile::read(const Section& section, std::uint64_t max_bytes) const {
  if (section.type == SHT_NOBITS) return {};
  if (section.size > max_bytes) {
    throw damaged(text::concat("at most ", max_bytes, " bytes in ", section.name),
                  std::to_string(section.size));
  }
  std::string out(section.size, '\0');
  file_.read(out.data(), section.offset, section.size, "a section");
  return out;
}

std::optional<ElfFile::Note> ElfFile::note(std::string_view owner, std::uint32_t type) const {
  // Sections first: mold puts notes of different alignment into one segment.
  bool any = false;
  for (const Section& one : sections_) {
    if (one.type != SHT_NOTE) continue;
    any = true;
    auto found = note_in({one.offset, one.size, one.alignment}, owner, type);
    if (found) return found;
  }
  if (any) return std::nullopt;
  for (const Segment& one : segments_) {
    if (one.type != PT_NOTE) continue;
    auto found = note_in({one.offset, one.file_size, 4}, owner, type);
    if (found) return found;
  }
  return std::nullopt;
}

std::optional<ElfFile::Note> ElfFile::note_in(const Extent& extent, std::string_view owner,
                                              std::uint32_t type) const {
  const std::string bytes = file_.read_up_to(extent.offset, std::min(extent.size, kMaxNotes));
  const std::uint64_t alignment = extent.alignment == 8 ? 8 : 4;
  std::uint64_t at = 0;
  while (at + sizeof(Elf64_Nhdr) <= bytes.size()) {
    Elf64_Nhdr header = {};
    std::memcpy(&header, bytes.data() + at, sizeof(header));
    const std::uint64_t name = at + sizeof(header);
    const std::uint64_t content = at + padded(sizeof(header) + header.n_namesz, alignment);
    const std::uint64_t next = content + padded(header.n_descsz, alignment);
    if (content > bytes.size() || header.n_descsz > bytes.size() - content) {
      throw damaged("notes that end inside their section", "one that does not");
    }
    std::string_view found(bytes.data() + name, header.n_namesz);
    if (found.ends_with('\0')) found.remove_suffix(1);
    if (found == owner && header.n_type == type) {
      return Note{extent.offset + content, bytes.substr(content, header.n_descsz)};
    }
    at = next;
  }
  return std::nullopt;
}

std::string ElfFile::build_id() const {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  const std::optional<Note> found = note("GNU", NT_GNU_BUILD_ID);
  std::string out;
  if (!found) return out;
  for (const char c : std::string_view(found->content).substr(0, 64)) {
    const auto byte = static_cast<unsigned char>(c);
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

std::uint64_t ElfFile::offset_of(std::uint64_t address) const {
  for (const Segment& segment : segments_) {
    const bool inside = segment.type == PT_LOAD && address >= segment.address &&
                        address - segment.address < segment.file_size;
    if (inside) return segment.offset + (address - segment.address);
  }
  throw damaged("a table inside a segment", "one outside");
}

std::string ElfFile::text_at(std::uint64_t table, std::uint64_t table_size,
                             std::uint64_t index) const {
  if (index >= table_size) throw damaged("a text inside its table", "one outside");
  const std::string bytes =
      file_.read_up_to(table + index, std::min(table_size - index, std::uint64_t{256}));
  std::size_t end = bytes.find('\0');
  if (end != std::string::npos) return bytes.substr(0, end);
  const std::string longer =
      file_.read_up_to(table + index, std::min(table_size - index, kMaxText));
  end = longer.find('\0');
  if (end == std::string::npos) throw damaged("a text that ends", "one that does not");
  return longer.substr(0, end);
}

ElfFile::Dynamic ElfFile::dynamic() const {
  const auto segment = std::find_if(segments_.begin(), segments_.end(),
                                    [](const Segment& s) { return s.type == PT_DYNAMIC; });
  if (segment == segments_.end()) throw damaged("a dynamic section", "none");
  const std::uint64_t count = std::min(segment->file_size / sizeof(Elf64_Dyn), kMaxDynamic);
  std::vector<Elf64_Dyn> entries =
      read_table<Elf64_Dyn>(file_, segment->offset, count, "a dynamic section");
  entries.erase(std::find_if(entries.begin(), entries.end(),
                             [](const Elf64_Dyn& e) { return e.d_tag == DT_NULL; }),
                entries.end());
  std::uint64_t address = 0;
  std::uint64_t size = 0;
  for (const Elf64_Dyn& entry : entries) {
    if (entry.d_tag == DT_STRTAB) address = entry.d_un.d_ptr;
    if (entry.d_tag == DT_STRSZ) size = entry.d_un.d_val;
  }
  const std::uint64_t table = offset_of(address);
  check_extent(file_, "a table of texts", table, size);
  Dynamic out;
  for (const Elf64_Dyn& entry : entries) {
    const std::uint64_t index = entry.d_un.d_val;
    if (entry.d_tag == DT_NEEDED) out.needed.push_back(text_at(table, size, index));
    if (entry.d_tag == DT_SONAME) out.soname = text_at(table, size, index);
    if (entry.d_tag == DT_RPATH) out.rpath = text_at(table, size, index);
    if (entry.d_tag == DT_RUNPATH) out.runpath = text_at(table, size, index);
    if (entry.d_tag == DT_TEXTREL) out.has_text_relocations = true;
    if (entry.d_tag == DT_FLAGS) out.flags = entry.d_un.d_val;
    if (entry.d_tag == DT_FLAGS_1) out.flags_1 = entry.d_un.d_val;
  }
  if ((out.flags & DF_TEXTREL) != 0) out.has_text_relocations = true;
  return out;
}

}  // namespace hezar::plugin
