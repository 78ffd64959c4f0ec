#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <hezar/api.hpp>
#include <hezar/config/config.hpp>
#include <hezar/module/module.hpp>
#include <hezar/module/options.hpp>
#include <hezar/registry/kind.hpp>

namespace hezar {

class Model;
class Preprocessor;
class Dataset;
class Embedding;
class Metric;
class Trainer;

/// What is known of a module without building it; plugins carry it in their files, so listing opens
/// none.
struct ModuleInfo {
  Kind kind = Kind::kModel;
  std::string name;
  std::string task;  ///< empty: none
  std::string description;
  std::string plugin;  ///< who provides it
  /// [{"name", "type", "default", "doc", "required", "minimum"?, "maximum"?, "choices"?}] in file
  /// order.
  boost::json::array fields;
  /// Likewise, the options of `predict` or `process`.
  boost::json::array options;
  /// Of a model: the Transformers classes whose repos it serves, [{"name", "config"}], where
  /// "config" are fields that the class implies.
  boost::json::array architectures;
  /// Of a preprocessor: files of a Transformers repo of which one makes it serve the repo.
  std::vector<std::string> repo_files;
  /// Paths or patterns below its subfolder of a repo that it reads beside what its family reads.
  std::vector<std::string> files;

  [[nodiscard]] HEZAR_API boost::json::object to_json() const;
  [[nodiscard]] HEZAR_API static ModuleInfo from_json(boost::json::object listed);
};

/// Builds a T from config values. Throws Error kConfig for values it cannot use.
template <class T>
using Factory = std::function<std::unique_ptr<T>(const ConfigValues&, const BuildContext&)>;

/// Name to factory, for one kind.
/// @thread safe for concurrent calls.
template <class T>
class HEZAR_API Registry {
 public:
  struct Entry {
    ModuleInfo info;
    Factory<T> factory;  ///< empty while the plugin that provides it is not open
  };

  /// Announces a module whose plugin is not open yet.
  /// @throws Error kPlugin where the same plugin announced the name before.
  void announce(ModuleInfo info);
  /// Adds a module, or the factory of an announced one of the same plugin.
  /// @throws Error kPlugin where the same plugin added the name before.
  void add(ModuleInfo info, Factory<T> factory);

  /// `name`, or `plugin:name` to say whose.
  /// @throws Error kPlugin naming both plugins where two offer `name` and none was chosen.
  [[nodiscard]] std::optional<Entry> find(std::string_view name) const;
  /// Sorted by name.
  [[nodiscard]] std::vector<ModuleInfo> list() const;
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::vector<Entry>, std::less<>> entries_;
};

extern template class Registry<Model>;
extern template class Registry<Preprocessor>;
extern template class Registry<Dataset>;
extern template class Registry<Embedding>;
extern template class Registry<Metric>;
extern template class Registry<Trainer>;

}  // namespace hezar
