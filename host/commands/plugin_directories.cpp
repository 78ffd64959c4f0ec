#include <commands/plugin_directories.hpp>

#include <terminal/table.hpp>

namespace hezar::host {

boost::json::array directories_json(const PluginHost& plugins) {
  boost::json::array out;
  for (const PluginDirectory& directory : plugins.directories()) {
    out.push_back({{"path", directory.path.string()},
                   {"source", directory.source},
                   {"exists", directory.exists},
                   {"safe", directory.safe},
                   {"note", directory.note}});
  }
  return out;
}

std::string directories_table(const PluginHost& plugins, Style style) {
  Table table({"folder", "from", "note"}, style, Table::Fit::kWrap);
  for (const PluginDirectory& directory : plugins.directories()) {
    std::string note = directory.note;
    if (note.empty() && !directory.exists) note = "does not exist";
    if (note.empty() && !directory.safe) note = "others may write to it";
    table.add({directory.path.string(), directory.source, note});
  }
  return table.take();
}

std::string describe_source(const std::string& source) {
  if (source == "user") return "the user's folder";
  if (source == "installed") return "hezar's own folder";
  return source;
}

}  // namespace hezar::host
