#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <hezar/error/error.hpp>
#include <hezar/module/metric.hpp>
#include <hezar/plugin/descriptor.hpp>
#include <hezar/plugin/host.hpp>
#include <hezar/registry/runtime.hpp>

namespace hezar::test {

namespace fs = std::filesystem;

/// An environment variable for the length of a test; null: not set.
class ScopedVariable {
 public:
  ScopedVariable(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    set(value);
  }
  ~ScopedVariable() { set(old_ ? old_->c_str() : nullptr); }
  ScopedVariable(const ScopedVariable&) = delete;
  ScopedVariable& operator=(const ScopedVariable&) = delete;

  void set(const char* value) const {
    if (value == nullptr) {
      ::unsetenv(name_);
    } else {
      ::setenv(name_, value, 1);
    }
  }

 private:
  const char* name_;
  std::optional<std::string> old_;
};

/// The bytes of a plugin's file with its descriptor changed.
inline std::string with_descriptor(std::string file,
                                   const std::function<void(PluginDescriptor&)>& change) {
  // The note's owner, padded, stands in front of the descriptor; its size begins it.
  std::string start_of_note("Hezar\0\0\0", 8);
  const std::uint32_t size = sizeof(PluginDescriptor);
  start_of_note.append(reinterpret_cast<const char*>(&size), sizeof(size));
  const std::size_t note = file.find(start_of_note);
  if (note == std::string::npos) throw std::runtime_error("no descriptor");
  PluginDescriptor descriptor;
  std::memcpy(&descriptor, file.data() + note + 8, sizeof(descriptor));
  change(descriptor);
  std::memcpy(file.data() + note + 8, &descriptor, sizeof(descriptor));
  return file;
}

/// A folder for plugins and a home with an empty cache.
class PluginTest : public ::testing::Test {
 protected:
  PluginTest() {
    fs::create_directories(plugins_);
    fs::create_directories(root_ / "home");
  }
  ~PluginTest() override {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }

  static fs::path make_root() {
    std::string pattern = (fs::temp_directory_path() / "hezar-plugin-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    return fs::canonical(pattern);
  }

  static fs::path built(const std::string& name) {
    return fs::path(HEZAR_TEST_PLUGINS) / (name + ".so");
  }
  /// Copies a built plugin into the folder.
  fs::path copy(const std::string& name, const std::string& as = "") const {
    const fs::path target = plugins_ / ((as.empty() ? name : as) + ".so");
    fs::remove(target);  // never written over: it may be open
    fs::copy_file(built(name), target);
    return target;
  }
  /// Puts a version ("current", "older") of the library beside the plugins that need it.
  void copy_companion(const std::string& version) const {
    const fs::path target = plugins_ / "lib" / "libhezar_test_companion.so";
    fs::create_directories(target.parent_path());
    fs::remove(target);
    fs::copy_file(fs::path(HEZAR_TEST_PLUGINS) / version / target.filename(), target);
  }
  static std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static void write(const fs::path& file, std::string_view content) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
  }

  [[nodiscard]] std::unique_ptr<Runtime> start(RuntimeOptions options = {}) const {
    if (options.plugin_dirs.empty()) options.plugin_dirs = {plugins_};
    options.default_plugin_dirs = false;
    return std::make_unique<Runtime>(std::move(options));
  }
  static PluginInfo find(Runtime& runtime, const std::string& name) {
    for (const PluginInfo& info : runtime.plugins().list()) {
      if (info.path.stem() == name) return info;
    }
    ADD_FAILURE() << name << ".so is not listed";
    return {};
  }
  /// The message of opening a plugin; empty: it worked.
  static std::string open_error(Runtime& runtime, const std::string& name) {
    try {
      runtime.plugins().open(name);
      return {};
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), ErrorCode::kPlugin) << e.what();
      return e.what();
    }
  }
  /// Builds the metric of the good plugin, as a program would.
  static void expect_good_works(Runtime& runtime) {
    const BuildContext context{runtime};
    const std::unique_ptr<Metric> metric =
        runtime.build<Metric>("good_metric", ConfigValues{{}, {}, "test"}, context);
    ASSERT_NE(metric, nullptr);
    EXPECT_EQ(metric->name(), "good_metric");
    EXPECT_EQ(find(runtime, "good").status, PluginStatus::kLoaded);
  }

  fs::path root_ = make_root();
  fs::path plugins_ = root_ / "plugins";
  std::string home_text_ = (root_ / "home").string();
  ScopedVariable home_{"HOME", home_text_.c_str()};
  ScopedVariable cache_{"XDG_CACHE_HOME", nullptr};
  ScopedVariable config_{"XDG_CONFIG_HOME", nullptr};
  ScopedVariable data_{"XDG_DATA_HOME", nullptr};
  ScopedVariable listed_{"HEZAR_PLUGIN_PATH", nullptr};
  ScopedVariable timeout_{"HEZAR_PLUGIN_TIMEOUT_MS", nullptr};
};

}  // namespace hezar::test
