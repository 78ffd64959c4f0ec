#include <hezar/registry/registry.hpp>

#include <algorithm>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/module/dataset.hpp>
#include <hezar/module/embedding.hpp>
#include <hezar/module/metric.hpp>
#include <hezar/module/model.hpp>
#include <hezar/module/preprocessor.hpp>
#include <hezar/module/trainer.hpp>
#include <hezar/text/concat.hpp>

namespace hezar {

namespace {

/// "plugin:name" to both; plugin is empty where none was chosen.
std::pair<std::string_view, std::string_view> split_choice(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return {{}, name};
  return {name.substr(0, colon), name.substr(colon + 1)};
}

Error taken_name(const ModuleInfo& info) {
  return expected_error(ErrorCode::kPlugin, text::concat("plugin ", info.plugin),
                        text::concat("one ", to_string(info.kind), " named \"", info.name, '"'),
                        "two", "Give each module a name of its own.");
}

}  // namespace

template <class T>
void Registry<T>::announce(ModuleInfo info) {
  const std::lock_guard lock(mutex_);
  std::vector<Entry>& entries = entries_[info.name];
  for (const Entry& entry : entries) {
    if (entry.info.plugin == info.plugin) throw taken_name(info);
  }
  entries.push_back(Entry{std::move(info), nullptr});
}

template <class T>
void Registry<T>::add(ModuleInfo info, Factory<T> factory) {
  const std::lock_guard lock(mutex_);
  std::vector<Entry>& entries = entries_[info.name];
  for (Entry& entry : entries) {
    if (entry.info.plugin != info.plugin) continue;
    if (entry.factory) throw taken_name(info);
    entry = Entry{std::move(info), std::move(factory)};
    return;
  }
  entries.push_back(Entry{std::move(info), std::move(factory)});
}

template <class T>
std::optional<typename Registry<T>::Entry> Registry<T>::find(std::string_view name) const {
  const auto [plugin, module] = split_choice(name);
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(module);
  if (found == entries_.end()) return std::nullopt;
  const std::vector<Entry>& entries = found->second;
  if (plugin.empty() && entries.size() == 1) return entries.front();
  std::vector<std::string> choices;
  for (const Entry& entry : entries) {
    if (entry.info.plugin == plugin) return entry;
    choices.push_back(entry.info.plugin + ":" + entry.info.name);
  }
  if (!plugin.empty()) return std::nullopt;
  throw expected_error(ErrorCode::kPlugin, text::concat(T::kKind, " \"", module, '"'),
                       "one plugin that provides it", text::join(choices, " and "),
                       "Write one of these names, or remove a plugin.");
}

template <class T>
std::vector<ModuleInfo> Registry<T>::list() const {
  const std::lock_guard lock(mutex_);
  std::vector<ModuleInfo> out;
  for (const auto& [name, entries] : entries_) {
    for (const Entry& entry : entries) out.push_back(entry.info);
  }
  return out;
}

template <class T>
std::vector<std::string> Registry<T>::names() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> out;
  for (const auto& [name, entries] : entries_) out.push_back(name);
  return out;
}

template class Registry<Model>;
template class Registry<Preprocessor>;
template class Registry<Dataset>;
template class Registry<Embedding>;
template class Registry<Metric>;
template class Registry<Trainer>;

}  // namespace hezar
