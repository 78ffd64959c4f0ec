#include <hezar/module/module.hpp>

#include <filesystem>
#include <system_error>

#include <hezar/config/yaml.hpp>
#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <module/family.hpp>
#include <module/push.hpp>

namespace hezar {

namespace {

/// As the reference saves: top-level nulls are left out.
boost::json::object without_nulls(const boost::json::object& config) {
  boost::json::object out;
  for (const auto& [key, value] : config) {
    if (!value.is_null()) out[key] = value;
  }
  return out;
}

/// What the commit's message says of files that lie so.
std::string pushed_name(const FileLayout& layout) {
  for (const Family& family : kFamilies) {
    if (layout.config_filename == family.config_filename) return family.pushed;
  }
  return layout.config_filename;
}

}  // namespace

Module::Module() = default;
Module::~Module() = default;

void Module::save_files(const std::filesystem::path& /*folder*/) const {}

void* Module::interface(std::string_view /*id*/) noexcept {
  return nullptr;
}

std::string Module::name() const {
  const boost::json::object values = config();
  const boost::json::value* name = values.if_contains("name");
  return name != nullptr && name->is_string() ? std::string(name->get_string()) : std::string();
}

void Module::save(const std::filesystem::path& folder) const {
  const FileLayout files = layout();
  const std::filesystem::path target = folder / files.subfolder;
  std::error_code error;
  std::filesystem::create_directories(target, error);
  if (error) {
    throw expected_error(ErrorCode::kIo, target.string(), "a folder to write to", error.message());
  }
  save_files(target);
  // Last, so that a folder with a config is complete.
  io::write_file(target / files.config_filename, yaml::write(without_nulls(config())));
}

hub::UploadResult Module::push_to_hub(const std::string& repo, const PushOptions& options) const {
  return push({config(), pushed_name(layout()),
               [this](const std::filesystem::path& folder) { save(folder); }},
              repo, options);
}

}  // namespace hezar
