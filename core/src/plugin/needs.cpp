#include <plugin/needs.hpp>

#include <algorithm>
#include <map>
#include <string_view>

#include <hezar/text/concat.hpp>

namespace hezar::plugin {

namespace {

/// Of each name the usable plugin, or else the first.
std::map<std::string, FoundPlugin*> by_name(std::vector<FoundPlugin>& plugins) {
  std::map<std::string, FoundPlugin*> out;
  for (FoundPlugin& found : plugins) {
    if (found.info.status == PluginStatus::kNotAPlugin) continue;
    FoundPlugin*& kept = out[found.info.name];
    if (kept == nullptr || (found.usable() && !kept->usable())) kept = &found;
  }
  return out;
}

/// Follows needs depth first; whoever is met again on the way down needs itself.
class Walk {
 public:
  explicit Walk(std::vector<FoundPlugin>& plugins) : plugins_(by_name(plugins)) {}

  void check(FoundPlugin& found) {
    if (!found.usable() || done_[&found]) return;
    path_.push_back(&found);
    for (const std::string& name : found.file.needs) {
      const auto entry = plugins_.find(name);
      FoundPlugin* needed = entry == plugins_.end() ? nullptr : entry->second;
      if (needed != nullptr && refuse_circle(*needed)) break;
      if (needed != nullptr) check(*needed);
      if (!found.usable()) break;  // part of a circle
      if (needed != nullptr && needed->usable()) continue;
      found.refuse(PluginStatus::kMissingDependency,
                   describe_need(name, needed == nullptr ? nullptr : &needed->info));
      break;
    }
    path_.pop_back();
    done_[&found] = true;
  }

 private:
  /// True where `needed` is on the path: all from there on need themselves.
  bool refuse_circle(const FoundPlugin& needed) {
    const auto begin = std::find(path_.begin(), path_.end(), &needed);
    if (begin == path_.end()) return false;
    std::vector<std::string> names;
    for (auto at = begin; at != path_.end(); ++at) names.push_back((*at)->info.name);
    names.push_back(needed.info.name);
    for (auto at = begin; at != path_.end(); ++at) {
      (*at)->refuse(PluginStatus::kConflict,
                    text::concat("needs itself: ", text::join(names, " needs "),
                                 ". Tell its author, or remove it"));
    }
    return true;
  }

  std::map<std::string, FoundPlugin*> plugins_;
  std::map<const FoundPlugin*, bool> done_;
  std::vector<FoundPlugin*> path_;
};

}  // namespace

void check_needs(std::vector<FoundPlugin>& plugins) {
  Walk walk(plugins);
  for (FoundPlugin& found : plugins) walk.check(found);
}

std::string describe_need(const std::string& name, const PluginInfo* needed) {
  if (needed == nullptr) {
    return text::concat("needs the plugin ", name,
                        ", which was not found. Install it: hezar plugin install ", name, ".so");
  }
  return text::concat("needs the plugin ", name, ", which cannot be used: ", needed->reason);
}

}  // namespace hezar::plugin
