#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <bad_plugins/plugin_fixture.hpp>
#include <hezar/plugin/store.hpp>

namespace hezar::test {

/// A user's plugins, with nothing installed.
class StoreTest : public PluginTest {
 protected:
  /// A runtime as a program's: it searches the user's folder.
  static std::unique_ptr<Runtime> begin() { return std::make_unique<Runtime>(); }
  static InstalledPlugin install(const fs::path& source, bool replace = false) {
    const auto runtime = begin();
    InstallOptions options;
    options.replace = replace;
    options.conformance = false;  // what the host itself asks is in question here
    return PluginStore(runtime->plugins()).install(source, options);
  }
  /// The message that it ends in; empty: it did not.
  static std::string install_error(const fs::path& source, bool replace = false) {
    try {
      (void)install(source, replace);
      return {};
    } catch (const Error& e) {
      return e.what();
    }
  }
  static void remove(const std::string& name) {
    const auto runtime = begin();
    PluginStore(runtime->plugins()).remove(name);
  }
  static std::vector<InstalledPlugin> installed() {
    const auto runtime = begin();
    return PluginStore(runtime->plugins()).list();
  }
  /// Names in the user's folder beside the lock, sorted.
  std::vector<std::string> names_in_store() const {
    std::vector<std::string> out;
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator(store_, ec)) {
      if (entry.path().filename() != ".lock") out.push_back(entry.path().filename());
    }
    std::sort(out.begin(), out.end());
    return out;
  }
  /// The good plugin as another version, in a file of its own.
  fs::path good_of_version(const char* version) const {
    const fs::path file = root_ / (std::string("good-") + version + ".so");
    write(file, with_descriptor(read(built("good")), [&](PluginDescriptor& descriptor) {
            std::strncpy(descriptor.version, version, sizeof(descriptor.version) - 1);
          }));
    return file;
  }

  fs::path store_ = root_ / "home/.local/share/hezar/plugins";
};

}  // namespace hezar::test
