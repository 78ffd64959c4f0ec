#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <plugin/file_reader.hpp>

namespace hezar::plugin {

/// A 64-bit ELF shared library of this machine, read with bounded reads and never run. Whatever the
/// file says is checked against its real size first, so a hostile one ends in an Error.
/// @thread const members are safe for concurrent calls.
class ElfFile {
 public:
  struct Segment {
    std::uint32_t type = 0;
    std::uint32_t flags = 0;
    std::uint64_t offset = 0;
    std::uint64_t address = 0;
    std::uint64_t file_size = 0;
  };
  struct Section {
    std::string name;
    std::uint32_t type = 0;
    std::uint64_t flags = 0;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::uint64_t alignment = 0;
  };
  struct Note {
    std::uint64_t offset = 0;  ///< of the content, in the file
    std::string content;
  };
  /// What the dynamic loader follows; texts as written, `$ORIGIN` included.
  struct Dynamic {
    std::string soname;
    std::string rpath;
    std::string runpath;
    std::vector<std::string> needed;
    std::uint64_t flags = 0;    ///< DT_FLAGS
    std::uint64_t flags_1 = 0;  ///< DT_FLAGS_1
    bool has_text_relocations = false;
  };

  /// Reads the headers; every section and segment must end inside the file.
  /// @throws Error kIo (missing, unreadable, no regular file), kFormat (no ELF file, truncated,
  /// damaged), kPlugin (for another kind of machine). Messages begin after the file's name.
  explicit ElfFile(const std::filesystem::path& file);

  [[nodiscard]] const FileReader& handle() const noexcept { return file_; }
  [[nodiscard]] const std::vector<Segment>& segments() const noexcept { return segments_; }
  [[nodiscard]] const std::vector<Section>& sections() const noexcept { return sections_; }
  [[nodiscard]] const Section* section(std::string_view name) const noexcept;
  /// @throws Error kFormat where it is larger than `max_bytes`.
  [[nodiscard]] std::string read(const Section& section, std::uint64_t max_bytes) const;
  [[nodiscard]] std::optional<Note> note(std::string_view owner, std::uint32_t type) const;
  /// In hex; empty: it has none.
  [[nodiscard]] std::string build_id() const;
  /// @throws Error kFormat where it is damaged.
  [[nodiscard]] Dynamic dynamic() const;

 private:
  struct Extent {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::uint64_t alignment = 0;
  };
  void read_segments(std::uint64_t offset, std::uint64_t count);
  void read_sections(std::uint64_t offset, std::uint64_t count, std::uint64_t names);
  [[nodiscard]] std::optional<Note> note_in(const Extent& extent, std::string_view owner,
                                            std::uint32_t type) const;
  [[nodiscard]] std::uint64_t offset_of(std::uint64_t address) const;
  [[nodiscard]] std::string text_at(std::uint64_t table, std::uint64_t table_size,
                                    std::uint64_t index) const;

  FileReader file_;
  std::vector<Segment> segments_;
  std::vector<Section> sections_;
};

}  // namespace hezar::plugin
