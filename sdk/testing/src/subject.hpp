#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include <boost/json.hpp>

#include <hezar/error/error.hpp>
#include <hezar/plugin/inspect.hpp>
#include <hezar/plugin/registrar.hpp>
#include <hezar/plugin/scan.hpp>
#include <hezar/registry/runtime.hpp>
#include <hezar/testing/conformance.hpp>

#include <check.hpp>
#include <golden_file.hpp>

namespace hezar::testing {

/// The file under test.
class FileSubject {
 public:
  explicit FileSubject(std::filesystem::path file) : file_(std::move(file)) {}
  [[nodiscard]] const std::filesystem::path& file() const noexcept { return file_; }
  [[nodiscard]] PluginInspection inspect() const { return inspect_plugin(file_); }

 private:
  std::filesystem::path file_;
};

/// The plugin, open in this process, in a runtime that has its modules.
class OpenPlugin {
 public:
  /// @throws Error kPlugin.
  OpenPlugin(const CheckOptions& options, std::filesystem::path scratch);

  [[nodiscard]] Runtime& runtime() noexcept { return runtime_; }
  [[nodiscard]] const std::vector<Registrar::Registration>& registrations() const noexcept {
    return registrar_->registrations();
  }
  [[nodiscard]] const std::vector<GoldenFile>& golden() const noexcept { return golden_; }
  /// A new folder for one use.
  [[nodiscard]] std::filesystem::path new_folder();
  /// The registration that a golden file is about; null: none.
  [[nodiscard]] const Registrar::Registration* find(const GoldenFile& file) const;

 private:
  std::filesystem::path scratch_;
  int folders_ = 0;
  std::unique_ptr<Registrar> registrar_;
  Runtime runtime_;
  std::vector<GoldenFile> golden_;
};

/// One module of the plugin.
class ModuleSubject {
 public:
  /// With the first golden file about it as its sample.
  ModuleSubject(OpenPlugin& plugin, const Registrar::Registration& registration);
  ModuleSubject(OpenPlugin& plugin, const Registrar::Registration& registration,
                const GoldenFile& sample)
      : plugin_(plugin), registration_(registration), sample_(&sample) {}

  [[nodiscard]] const ModuleInfo& info() const noexcept { return registration_.info; }
  [[nodiscard]] Runtime& runtime() noexcept { return plugin_.runtime(); }
  [[nodiscard]] std::filesystem::path new_folder() { return plugin_.new_folder(); }
  /// What says how this module is made and tried; null: nothing.
  [[nodiscard]] const GoldenFile* sample() const noexcept { return sample_; }

  /// Built as a caller would who gives these values.
  [[nodiscard]] std::shared_ptr<Module> build_module(const ConfigValues& values,
                                                     const std::filesystem::path& base_path = {});
  /// The config of the sample; empty: defaults.
  [[nodiscard]] ConfigValues sample_values() const;

  /// A module ready for use: built from the sample, loaded where the sample is a folder.
  /// @throws Skipped where neither is enough.
  [[nodiscard]] std::shared_ptr<Module> make_module();
  template <class T>
  [[nodiscard]] std::shared_ptr<T> make() {
    return std::static_pointer_cast<T>(make_module());
  }
  /// The module that a folder holds, as a caller would load it.
  [[nodiscard]] std::shared_ptr<Module> load(const std::filesystem::path& folder);

 private:
  OpenPlugin& plugin_;
  const Registrar::Registration& registration_;
  const GoldenFile* sample_ = nullptr;
};

/// One golden file.
class GoldenSubject {
 public:
  GoldenSubject(OpenPlugin& plugin, const GoldenFile& file) : plugin_(plugin), file_(file) {}
  [[nodiscard]] OpenPlugin& plugin() noexcept { return plugin_; }
  [[nodiscard]] const GoldenFile& file() const noexcept { return file_; }

 private:
  OpenPlugin& plugin_;
  const GoldenFile& file_;
};

/// "metric accuracy"
[[nodiscard]] std::string label(const ModuleInfo& info);

/// Runs `call`, which must end in an ordinary error or not at all: the message of an exception that
/// is no hezar::Error, else empty.
template <class Call>
[[nodiscard]] Fault only_ordinary_errors(std::string_view what, Call call) {
  try {
    call();
  } catch (const Error&) {  // what a caller expects
  } catch (const std::exception& e) {
    return std::string(what) + " throws a std::exception (" + e.what() +
           ") where callers expect hezar::Error. Check the input and throw expected_error()";
  }
  return {};
}

/// Runs `call`, which must refuse: empty where it throws hezar::Error.
template <class Call>
[[nodiscard]] Fault must_refuse(std::string_view what, Call call) {
  try {
    call();
  } catch (const Error&) {
    return {};
  } catch (const std::exception& e) {
    return std::string(what) + " throws a std::exception (" + e.what() +
           ") where callers expect hezar::Error. Check the input and throw expected_error()";
  }
  return std::string(what) + " is accepted. Throw expected_error()";
}

}  // namespace hezar::testing
