#include <hezar/plugin/scan.hpp>

#include <utility>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/plugin/registrar.hpp>
#include <hezar/text/concat.hpp>
#include <plugin/compatibility.hpp>
#include <plugin/loader.hpp>
#include <plugin/plugin_file.hpp>
#include <plugin/plugin_status.hpp>
#include <plugin/printable.hpp>

namespace hezar {

namespace {

PluginScan failed(PluginStatus status, std::string reason) {
  return {status, std::move(reason), {}};
}

}  // namespace

boost::json::object PluginScan::to_json() const {
  return {{"status", to_string(status)},
          {"reason", reason},
          {"modules", plugin::modules_to_json(modules)}};
}

PluginScan PluginScan::from_json(const boost::json::value& scan, std::string_view plugin) {
  const auto text = [&](std::string_view key) {
    if (const auto found = json::find_text(scan, key)) return *found;
    throw Error(ErrorCode::kFormat, "expected the result of a scan");
  };
  PluginScan out;
  out.status = plugin::parse_status(text("status"));
  out.reason = plugin::printable(text("reason"), 4000);
  const boost::json::value* modules = scan.get_object().if_contains("modules");
  if (modules == nullptr) throw Error(ErrorCode::kFormat, "expected the result of a scan");
  out.modules = plugin::parse_modules(boost::json::serialize(*modules), plugin);
  return out;
}

namespace {

/// Opens a plugin that fits this host.
plugin::Opened open_fitting(const std::filesystem::path& file, const ScanStage& on_stage) {
  const std::optional<plugin::PluginFile> read = plugin::read_plugin_file(file);
  if (!read) {
    return {
        nullptr,
        {PluginStatus::kNotAPlugin, "has no descriptor. Use HEZAR_PLUGIN and hezar_add_plugin()"}};
  }
  const plugin::HostAbi& host = plugin::this_host();
  if (auto broken = plugin::check_compatibility(read->descriptor, host)) {
    return {nullptr, {broken->status, broken->reason}};
  }
  return plugin::open_plugin(file, read->descriptor, host, on_stage);
}

}  // namespace

PluginScan scan_plugin(const std::filesystem::path& file, const ScanStage& on_stage) {
  try {
    const plugin::Opened opened = open_fitting(file, on_stage);
    if (!opened.registrar) return failed(opened.fault.status, opened.fault.reason);
    return {PluginStatus::kAvailable, {}, plugin::modules_of(*opened.registrar)};
  } catch (const Error& e) {
    return failed(plugin::status_of(e), e.what());
  }
}

std::unique_ptr<Registrar> register_plugin(const std::filesystem::path& file,
                                           const ScanStage& on_stage) {
  plugin::Opened opened = open_fitting(file, on_stage);
  if (opened.registrar) return std::move(opened.registrar);
  throw Error(ErrorCode::kPlugin, text::concat(plugin::printable(file.filename().string(), 255),
                                               ": ", opened.fault.reason));
}

std::filesystem::path plugin_program(std::string_view name) {
  return plugin::this_host().library.parent_path() / "hezar" / name;
}

}  // namespace hezar
