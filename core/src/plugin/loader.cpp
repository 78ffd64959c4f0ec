#include <plugin/loader.hpp>

#include <array>
#include <exception>
#include <map>
#include <mutex>
#include <utility>

#include <boost/dll/shared_library.hpp>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <plugin/plugin_file.hpp>
#include <plugin/printable.hpp>

namespace hezar::plugin {

namespace {

using Entry = int(Registrar*, char*, std::size_t);

struct Kept {
  FileIdentity identity;
  boost::dll::shared_library library;
};

/// The file, but not who may read it.
bool same_content(const FileIdentity& a, const FileIdentity& b) {
  return a.size == b.size && a.inode == b.inode && a.device == b.device &&
         a.modified_ns == b.modified_ns;
}

/// Opens a library that is never closed: closing one whose objects still live ends in a crash
/// after main. The loader knows libraries by their path, so another file of that path would
/// silently be the old one.
boost::dll::shared_library& open_for_ever(const std::filesystem::path& file) {
  static std::mutex mutex;
  static auto& kept = *new std::map<std::string, Kept>();
  const std::scoped_lock lock(mutex);
  FileIdentity identity = FileIdentity::of(file);
  const auto before = kept.find(identity.path);
  if (before != kept.end()) {
    if (same_content(before->second.identity, identity)) return before->second.library;
    throw Error(ErrorCode::kPlugin, "was replaced after it had been opened",
                "Start the program again to use the new file");
  }
  boost::dll::shared_library library;
  library.load(file, boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
  const std::string path = identity.path;
  return kept.emplace(path, Kept{std::move(identity), std::move(library)}).first->second.library;
}

Opened failed(PluginStatus status, std::string reason) {
  return {nullptr, {status, std::move(reason)}};
}

Opened register_modules(Entry& entry, const PluginDescriptor& descriptor) {
  auto registrar = std::make_unique<Registrar>(descriptor.name);
  std::array<char, 4096> message = {};
  const int result = entry(registrar.get(), message.data(), message.size());
  message.back() = '\0';
  if (!registrar->fault().empty()) {
    return failed(PluginStatus::kConflict, printable(registrar->fault()));
  }
  if (result != 0) {
    return failed(PluginStatus::kFailed,
                  text::concat("reported an error while it registered its modules: ",
                               printable(message.data()), ". Tell its author, or remove it"));
  }
  return {std::move(registrar), {}};
}

std::map<std::string, boost::json::value> by_name(const std::vector<ModuleInfo>& modules) {
  std::map<std::string, boost::json::value> out;
  for (const ModuleInfo& info : modules) {
    // Through text and back, as a list in a file has gone, so that numbers compare equal.
    out[text::concat(to_string(info.kind), " \"", info.name, "\"")] =
        boost::json::parse(boost::json::serialize(info.to_json()));
  }
  return out;
}

}  // namespace

Opened open_plugin(const std::filesystem::path& file, const PluginDescriptor& descriptor,
                   const HostAbi& host, const std::function<void(std::string_view)>& on_stage) {
  try {
    if (descriptor.torch_version[0] != '\0' && !host.torch_library.empty()) {
      on_stage("torch");
      open_for_ever(host.torch_library);
    }
    on_stage("open");
    boost::dll::shared_library& library = open_for_ever(file);
    if (!library.has(kPluginEntry)) {
      return failed(PluginStatus::kMalformed,
                    text::concat("has no ", kPluginEntry,
                                 " to call. Rebuild it with HEZAR_PLUGIN and hezar_add_plugin()"));
    }
    Entry& entry = library.get<Entry>(kPluginEntry);
    on_stage("register");
    return register_modules(entry, descriptor);
  } catch (const Error& e) {
    return failed(PluginStatus::kFailed, printable(e.what()));
  } catch (const std::exception& e) {
    LoadFault fault = explain_load_error(e.what());
    return {nullptr, std::move(fault)};
  } catch (...) {
    return failed(PluginStatus::kFailed, "threw something while it was opened. Remove it");
  }
}

std::vector<ModuleInfo> modules_of(const Registrar& registrar) {
  std::vector<ModuleInfo> out;
  for (const Registrar::Registration& one : registrar.registrations()) out.push_back(one.info);
  return out;
}

std::string difference(const std::vector<ModuleInfo>& listed,
                       const std::vector<ModuleInfo>& registered) {
  constexpr char kHint[] = ". Rebuild it with hezar_add_plugin(), which writes the list";
  const auto wanted = by_name(listed);
  const auto got = by_name(registered);
  for (const auto& [name, info] : wanted) {
    const auto found = got.find(name);
    if (found == got.end()) {
      return text::concat("its file lists ", name, ", which it does not register", kHint);
    }
    if (found->second != info) {
      return text::concat("describes ", name, " otherwise than its file does", kHint);
    }
  }
  for (const auto& [name, info] : got) {
    if (!wanted.contains(name)) {
      return text::concat("registers ", name, ", which its file does not list", kHint);
    }
  }
  return {};
}

}  // namespace hezar::plugin
