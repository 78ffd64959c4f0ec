#include <plugin/disabled_plugins.hpp>

#include <system_error>

#include <boost/json.hpp>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <io/file_handle.hpp>
#include <plugin/directories.hpp>
#include <plugin/plugin_file.hpp>

namespace hezar::plugin {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxBytes = 1U << 20;
constexpr char kDisabled[] = "disabled";

Error malformed(const fs::path& file, std::string_view got) {
  return expected_error(ErrorCode::kFormat, file.string(), R"({"disabled": ["name of a plugin"]})",
                        got, "Repair or remove it.");
}

boost::json::object read_settings(const fs::path& file) {
  std::error_code ec;
  if (!fs::exists(fs::symlink_status(file, ec))) return {};
  boost::json::error_code error;
  boost::json::value document = boost::json::parse(io::read_file(file, kMaxBytes), error);
  if (error) throw malformed(file, error.message());
  if (!document.is_object()) throw malformed(file, "another document");
  return std::move(document.get_object());
}

PluginNames disabled_in(const boost::json::object& settings, const fs::path& file) {
  PluginNames out;
  const boost::json::value* listed = settings.if_contains(kDisabled);
  if (listed == nullptr) return out;
  if (!listed->is_array()) throw malformed(file, "another \"disabled\"");
  for (const boost::json::value& name : listed->get_array()) {
    if (!name.is_string() || !is_valid_name(name.get_string())) {
      throw malformed(file, "a name that no plugin can have");
    }
    out.emplace(name.get_string());
  }
  return out;
}

}  // namespace

fs::path disabled_plugins_file() {
  const fs::path config = xdg_home("XDG_CONFIG_HOME", ".config");
  return config.empty() ? config : config / "hezar" / "plugins.json";
}

PluginNames read_disabled_plugins(const fs::path& file) {
  return disabled_in(read_settings(file), file);
}

bool change_disabled_plugins(const fs::path& file,
                             const std::function<bool(PluginNames&)>& change) {
  std::error_code ec;
  fs::create_directories(file.parent_path(), ec);
  const io::FileHandle lock = io::lock_exclusively(file.parent_path() / ".plugins.lock");
  boost::json::object settings = read_settings(file);
  PluginNames names = disabled_in(settings, file);
  if (!change(names)) return false;
  settings[kDisabled] = boost::json::array(names.begin(), names.end());
  io::write_file(file, json::write(settings, 2) + "\n");
  return true;
}

}  // namespace hezar::plugin
