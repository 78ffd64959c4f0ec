#include <hezar/plugin/inspect.hpp>

#include <elf.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include <hezar/error/error.hpp>
#include <plugin/compatibility.hpp>
#include <plugin/dependencies.hpp>
#include <plugin/load_error.hpp>
#include <plugin/plugin_file.hpp>
#include <plugin/plugin_status.hpp>
#include <plugin/printable.hpp>

namespace hezar {

namespace {

constexpr std::uint64_t kMaxSymbolBytes = 1U << 26;

std::vector<LibraryLinks::Export> read_exports(const plugin::ElfFile& elf) {
  std::vector<LibraryLinks::Export> out;
  const plugin::ElfFile::Section* table = elf.section(".dynsym");
  const plugin::ElfFile::Section* texts = elf.section(".dynstr");
  if (table == nullptr || texts == nullptr) return out;
  const std::string symbols = elf.read(*table, kMaxSymbolBytes);
  const std::string names = elf.read(*texts, kMaxSymbolBytes);
  for (std::size_t at = 0; at + sizeof(Elf64_Sym) <= symbols.size(); at += sizeof(Elf64_Sym)) {
    Elf64_Sym symbol = {};
    std::memcpy(&symbol, symbols.data() + at, sizeof(symbol));
    const bool is_defined = symbol.st_shndx != SHN_UNDEF && symbol.st_name < names.size();
    const bool is_local = ELF64_ST_BIND(symbol.st_info) == STB_LOCAL;
    if (!is_defined || is_local) continue;
    const char* name = names.c_str() + symbol.st_name;
    out.push_back({plugin::printable(name), ELF64_ST_BIND(symbol.st_info) == STB_GNU_UNIQUE});
  }
  return out;
}

LibraryLinks read_links(const plugin::ElfFile& elf) {
  const plugin::ElfFile::Dynamic dynamic = elf.dynamic();
  LibraryLinks out;
  out.needed = dynamic.needed;
  out.rpath = dynamic.rpath;
  out.runpath = dynamic.runpath;
  out.has_text_relocations = dynamic.has_text_relocations;
  out.is_never_unloaded = (dynamic.flags_1 & DF_1_NODELETE) != 0;
  out.has_executable_stack =
      std::any_of(elf.segments().begin(), elf.segments().end(), [](const auto& segment) {
        return segment.type == PT_GNU_STACK && (segment.flags & PF_X) != 0;
      });
  out.exports = read_exports(elf);
  return out;
}

void judge(const std::filesystem::path& file, const plugin::PluginFile& read,
           PluginInspection& out) {
  const plugin::HostAbi& host = plugin::this_host();
  if (const auto broken = plugin::check_compatibility(read.descriptor, host)) {
    out.status = broken->status;
    out.reason = broken->reason;
    return;
  }
  plugin::DependencyWalk walk(host);
  const bool needs_torch = read.descriptor.torch_version[0] != '\0';
  const plugin::Dependencies found = walk.of(file, read.dynamic, needs_torch);
  if (!found.missing) return;
  out.status = PluginStatus::kMissingDependency;
  out.reason = plugin::describe(*found.missing, file);
}

}  // namespace

PluginInspection inspect_plugin(const std::filesystem::path& file) {
  PluginInspection out;
  try {
    out.links = read_links(plugin::ElfFile(file));
    std::optional<plugin::PluginFile> read = plugin::read_plugin_file(file);
    if (!read) {
      out.status = PluginStatus::kNotAPlugin;
      out.reason = "has no descriptor. Use HEZAR_PLUGIN and hezar_add_plugin()";
      return out;
    }
    out.descriptor = read->descriptor;
    out.modules = std::move(read->modules);
    out.modules_fault = read->list_fault;
    judge(file, *read, out);
  } catch (const Error& e) {
    out.status = plugin::status_of(e);
    out.reason = e.what();
  }
  return out;
}

}  // namespace hezar
