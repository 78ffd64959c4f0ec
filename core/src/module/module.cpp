#include <hezar/module/module.hpp>

#include <filesystem>
#include <system_error>

#include <hezar/config/json.hpp>
#include <hezar/config/yaml.hpp>
#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <module/family.hpp>
#include <module/folder.hpp>
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

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error) return;
  throw expected_error(ErrorCode::kIo, folder.string(), "a folder to write to", error.message());
}

void write_config_file(const Module& module, const std::filesystem::path& folder) {
  io::write_file(folder / module.layout().config_filename,
                 yaml::write(without_nulls(module.config())));
}

Module::Module() = default;
Module::~Module() = default;

void Module::save_files(const std::filesystem::path& /*folder*/) const {}

void* Module::interface(std::string_view /*id*/) noexcept {
  return nullptr;
}

std::string Module::name() const {
  return json::text_of(config(), "name");
}

void Module::save(const std::filesystem::path& folder) const {
  const std::filesystem::path target = folder / layout().subfolder;
  make_folder(target);
  save_files(target);
  write_config_file(*this, target);
}

hub::UploadResult Module::push_to_hub(const std::string& repo, const PushOptions& options) const {
  return push({config(), pushed_name(layout()),
               [this](const std::filesystem::path& folder) { save(folder); }},
              repo, options);
}

}  // namespace hezar
