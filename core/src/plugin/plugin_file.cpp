#include <plugin/plugin_file.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <set>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <plugin/printable.hpp>

namespace hezar::plugin {

namespace {

constexpr std::uint64_t kMaxModulesBytes = 1U << 22;
constexpr std::uint64_t kMaxNeedsBytes = 1U << 16;
constexpr char kRebuild[] = "Rebuild it with hezar_add_plugin() of this hezar";

Error bad_descriptor(std::string_view what) {
  return Error(ErrorCode::kFormat, text::concat("its descriptor is damaged: ", what), kRebuild);
}

template <std::size_t Size>
void check_text(const char (&text)[Size], const char* what) {
  const char* end = std::find(text, text + Size, '\0');
  const bool plain =
      std::all_of(text, static_cast<const char*>(end), [](char c) { return c >= ' ' && c <= '~'; });
  if (end == text + Size || !plain) throw bad_descriptor(text::concat(what, " is no plain text"));
}

void check_texts(const PluginDescriptor& descriptor) {
  check_text(descriptor.cxx_runtime, "the C++ runtime");
  check_text(descriptor.torch_version, "the LibTorch version");
  check_text(descriptor.sanitizers, "the sanitizer");
  check_text(descriptor.cpu_level, "the CPU level");
  check_text(descriptor.name, "the name");
  check_text(descriptor.version, "the version");
  check_text(descriptor.license, "the licence");
  check_text(descriptor.compiler, "the compiler");
  check_text(descriptor.build_type, "the build type");
  if (!is_valid_name(descriptor.name)) {
    throw bad_descriptor("the name must be of a-z, 0-9 and _");
  }
}

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

FileIdentity identity_of(const std::filesystem::path& file, const struct stat& status) {
  FileIdentity out;
  out.path = file.string();
  out.size = static_cast<std::uint64_t>(status.st_size);
  out.inode = status.st_ino;
  out.device = status.st_dev;
  out.modified_ns = nanoseconds(status.st_mtim);
  out.changed_ns = nanoseconds(status.st_ctim);
  return out;
}

void read_lists(const ElfFile& elf, PluginFile& out) {
  try {
    if (const ElfFile::Section* section = elf.section(kPluginNeedsSection)) {
      out.needs = parse_needs(elf.read(*section, kMaxNeedsBytes));
    }
    if (const ElfFile::Section* section = elf.section(kPluginModulesSection)) {
      out.modules = parse_modules(elf.read(*section, kMaxModulesBytes), out.descriptor.name);
    }
  } catch (const Error& e) {
    out.list_fault = e.what();
  }
}

}  // namespace

FileIdentity FileIdentity::of(const std::filesystem::path& file, const ElfFile& elf) {
  FileIdentity out = identity_of(file, elf.handle().status());
  out.build_id = elf.build_id();
  return out;
}

FileIdentity FileIdentity::of(const std::filesystem::path& file) {
  struct stat status = {};
  if (::stat(file.c_str(), &status) != 0) status = {};
  return identity_of(file, status);
}

boost::json::object FileIdentity::to_json() const {
  return {{"path", path},
          {"size", size},
          {"inode", inode},
          {"device", device},
          {"mtime_ns", modified_ns},
          {"ctime_ns", changed_ns},
          {"build_id", build_id}};
}

bool is_valid_name(std::string_view name) noexcept {
  const auto valid = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && name.size() < 64 && std::all_of(name.begin(), name.end(), valid);
}

std::optional<PluginDescriptor> read_descriptor(const ElfFile& elf) {
  const std::optional<ElfFile::Note> note = elf.note(kPluginNoteOwner, kPluginNoteType);
  if (!note) return std::nullopt;
  const std::string& bytes = note->content;
  PluginDescriptor out;
  constexpr std::size_t kFixed = offsetof(PluginDescriptor, hezar_version);
  if (bytes.size() < kFixed) throw bad_descriptor("it is too short");
  std::memcpy(&out, bytes.data(), std::min(bytes.size(), sizeof(out)));
  if (out.abi_epoch != kAbiEpoch) {
    throw Error(
        ErrorCode::kPlugin,
        text::concat("built for ABI epoch ", out.abi_epoch, " of hezar, this host has ", kAbiEpoch),
        "Rebuild it against this hezar");
  }
  if (bytes.size() != sizeof(out) || out.size_bytes != sizeof(out)) {
    throw bad_descriptor(text::concat("expected ", sizeof(out), " bytes, got ", bytes.size()));
  }
  check_texts(out);
  return out;
}

std::optional<PluginFile> read_plugin_file(const std::filesystem::path& file) {
  const ElfFile elf(file);
  std::optional<PluginDescriptor> descriptor = read_descriptor(elf);
  if (!descriptor) return std::nullopt;
  PluginFile out;
  out.identity = FileIdentity::of(file, elf);
  out.descriptor = *descriptor;
  out.dynamic = elf.dynamic();
  read_lists(elf, out);
  return out;
}

std::string read_torch_version(const std::filesystem::path& file) {
  try {
    const std::optional<ElfFile::Note> note = ElfFile(file).note(kPluginNoteOwner, kTorchNoteType);
    return note ? printable(note->content.c_str(), 15) : std::string();
  } catch (const Error&) {
    return {};
  }
}

std::vector<ModuleInfo> parse_modules(std::string_view json, std::string_view plugin) {
  const auto fault = [](std::string_view what) {
    return Error(ErrorCode::kFormat, text::concat("its list of modules is damaged: ", what),
                 kRebuild);
  };
  boost::json::error_code ec;
  boost::json::parse_options limits;
  limits.max_depth = 32;
  boost::json::value document = boost::json::parse(json, ec, {}, limits);
  if (ec || !document.is_array()) throw fault(ec ? ec.message() : "it is no JSON array");
  std::vector<ModuleInfo> out;
  std::set<std::pair<Kind, std::string>> seen;
  for (boost::json::value& item : document.get_array()) {
    if (!item.is_object()) throw fault("an entry is no object");
    ModuleInfo info;
    try {
      info = ModuleInfo::from_json(std::move(item.get_object()));
    } catch (const std::exception& e) {
      throw fault(printable(e.what()));
    }
    if (!is_valid_name(info.name)) throw fault("a module's name is not of a-z, 0-9 and _");
    if (!seen.emplace(info.kind, info.name).second) {
      throw fault(text::concat("it names ", to_string(info.kind), " \"", info.name, "\" twice"));
    }
    info.plugin = plugin;
    out.push_back(std::move(info));
  }
  return out;
}

std::vector<std::string> parse_needs(std::string_view json) {
  const auto fault = [] {
    return Error(ErrorCode::kFormat,
                 "its list of needs is damaged: expected a JSON array of names of plugins",
                 kRebuild);
  };
  boost::json::error_code ec;
  const boost::json::value document = boost::json::parse(json, ec);
  if (ec || !document.is_array()) throw fault();
  std::vector<std::string> out;
  for (const boost::json::value& item : document.get_array()) {
    if (!item.is_string() || !is_valid_name(item.get_string())) throw fault();
    out.emplace_back(item.get_string());
  }
  return out;
}

boost::json::array modules_to_json(const std::vector<ModuleInfo>& modules) {
  boost::json::array out;
  for (const ModuleInfo& info : modules) out.push_back(info.to_json());
  return out;
}

}  // namespace hezar::plugin
