#include <checks/file_checks.hpp>

#include <algorithm>

#include <hezar/text/concat.hpp>

#include <subject.hpp>

namespace hezar::testing {

namespace {

using text::concat;

constexpr std::size_t kMaxNamed = 5;  // symbols in a message

std::string names_of(const std::vector<std::string>& names) {
  std::vector<std::string> shown(
      names.begin(),
      names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kMaxNamed)));
  if (names.size() > kMaxNamed) shown.push_back(concat("and ", names.size() - kMaxNamed, " more"));
  return text::join(shown, ", ");
}

bool is_torch(std::string_view library) {
  return library.starts_with("libtorch") || library.starts_with("libc10") ||
         library.starts_with("libhezar-torch");
}

/// The entries of `$ORIGIN:/opt/lib` that do not begin at the plugin's own folder.
std::vector<std::string> foreign_entries(std::string_view path) {
  std::vector<std::string> out;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find(':'), path.size());
    const std::string_view entry = path.substr(0, end);
    if (!entry.starts_with("$ORIGIN") && !entry.starts_with("${ORIGIN}")) out.emplace_back(entry);
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return out;
}

}  // namespace

Fault check_descriptor(const FileSubject& subject) {
  const PluginInspection file = subject.inspect();
  const bool is_of_another_host = file.status == PluginStatus::kIncompatible;
  if (!file.descriptor && !is_of_another_host) return file.reason;
  const auto& exports = file.links.exports;
  const bool has_entry = std::any_of(exports.begin(), exports.end(), [](const auto& symbol) {
    return symbol.name == kPluginEntry;
  });
  if (has_entry) return {};
  return concat("has no ", kPluginEntry, " to call. Use HEZAR_PLUGIN and hezar_add_plugin()");
}

Fault check_host(const FileSubject& subject) {
  const PluginInspection file = subject.inspect();
  const bool without_torch = file.descriptor && file.descriptor->torch_version[0] != '\0' &&
                             file.status == PluginStatus::kMissingDependency &&
                             file.reason.starts_with("needs LibTorch");
  return file.status == PluginStatus::kIncompatible || without_torch ? file.reason : Fault();
}

Fault check_dependencies(const FileSubject& subject) {
  const PluginInspection file = subject.inspect();
  return file.status == PluginStatus::kMissingDependency ? file.reason : Fault();
}

Fault check_links(const FileSubject& subject) {
  const PluginInspection file = subject.inspect();
  const std::vector<std::string>& needed = file.links.needed;
  const bool has_core = std::any_of(needed.begin(), needed.end(), [](const std::string& library) {
    return library.starts_with("libhezar.so");
  });
  if (!has_core) {
    return "does not need libhezar.so, so it holds a copy of hezar or uses none. Link "
           "hezar::plugin, "
           "as hezar_add_plugin() does";
  }
  const auto torch = std::find_if(needed.begin(), needed.end(), is_torch);
  const bool says_torch = file.descriptor->torch_version[0] != '\0';
  if (torch != needed.end() && !says_torch) {
    return concat("needs ", *torch,
                  ", but its descriptor says that it does without LibTorch. Give ",
                  "hezar_add_plugin() NEEDS torch");
  }
  if (torch == needed.end() && says_torch) {
    return "says that it uses LibTorch, but needs none of its libraries: it holds a copy, which "
           "cannot live beside the host's. Link hezar::torch";
  }
  return {};
}

Fault check_exports(const FileSubject& subject) {
  std::vector<std::string> extra;
  for (const LibraryLinks::Export& symbol : subject.inspect().links.exports) {
    if (symbol.name != kPluginEntry && !symbol.is_unique) extra.push_back(symbol.name);
  }
  if (extra.empty()) return {};
  return concat("exports ", names_of(extra), " beside its entry, which may take the place of ",
                "another plugin's. Build it with hezar_add_plugin(), which hides them");
}

Fault check_unique_symbols(const FileSubject& subject) {
  std::vector<std::string> unique;
  for (const LibraryLinks::Export& symbol : subject.inspect().links.exports) {
    if (symbol.is_unique) unique.push_back(symbol.name);
  }
  if (unique.empty()) return {};
  return concat("shares ", names_of(unique), " with every library of the process that has a ",
                "variable of that name. Build it with hezar_add_plugin(), which hides them");
}

Fault check_search_path(const FileSubject& subject) {
  const LibraryLinks links = subject.inspect().links;
  const std::vector<std::string> entries = foreign_entries(concat(links.rpath, ":", links.runpath));
  std::vector<std::string> foreign;
  std::copy_if(entries.begin(), entries.end(), std::back_inserter(foreign),
               [](const std::string& entry) { return !entry.empty(); });
  if (foreign.empty()) return {};
  return concat("looks for libraries in ", text::join(foreign, ", "),
                ", which other machines lack. Put them beside the plugin or into lib/ there, and ",
                "link with an rpath of $ORIGIN and $ORIGIN/lib alone");
}

Fault check_text_relocations(const FileSubject& subject) {
  if (!subject.inspect().links.has_text_relocations) return {};
  return "changes its own code while it is loaded (text relocations), which hardened systems "
         "refuse. Compile every part with -fPIC";
}

Fault check_stack(const FileSubject& subject) {
  if (!subject.inspect().links.has_executable_stack) return {};
  return "makes the stack of its host executable, which newer systems refuse. Give assembly files "
         "a .note.GNU-stack section, or link with -z noexecstack";
}

Fault check_never_unloaded(const FileSubject& subject) {
  if (subject.inspect().links.is_never_unloaded) return {};
  return "may be unloaded while its objects live. Link with -z nodelete, as hezar_add_plugin() "
         "does";
}

Fault check_module_list(const FileSubject& subject) {
  const PluginInspection file = subject.inspect();
  if (!file.modules_fault.empty()) return file.modules_fault;
  if (file.modules) return {};
  throw Warned{
      "carries no list of its modules, so a host asks it in a child process first. Leave out "
      "MODULES NONE of hezar_add_plugin()"};
}

}  // namespace hezar::testing
