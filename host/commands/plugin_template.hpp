#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hezar::host {

/// A file of a new plugin.
struct TemplateFile {
  std::filesystem::path path;  ///< below the plugin's folder
  std::string content;
};

/// `share/hezar/template` beside the folder of this executable, in a build tree as where it was
/// installed.
[[nodiscard]] std::filesystem::path template_folder();

/// The files of these folders of templates, later ones in the place of earlier ones, with the names
/// put in: they are written as a plugin called my_plugin with the class MyPlugin.
/// @throws Error kIo where hezar's templates are not there.
[[nodiscard]] std::vector<TemplateFile> fill_template(const std::vector<std::string_view>& layers,
                                                      const std::string& name);

/// Writes all of `files` below `folder`, which must be absent or empty, or nothing.
/// @throws Error kValue for a folder that holds something, kIo.
void write_new_folder(const std::filesystem::path& folder, const std::vector<TemplateFile>& files);

}  // namespace hezar::host
