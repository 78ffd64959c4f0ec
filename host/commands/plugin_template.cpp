#include <commands/plugin_template.hpp>

#include <map>
#include <system_error>

#include <commands/new_folder.hpp>
#include <commands/plugin_name.hpp>

#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kName = "my_plugin";
constexpr std::string_view kClass = "MyPlugin";

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string filled(std::string text, const std::string& name) {
  replace_all(text, kName, name);
  replace_all(text, kClass, class_name(name));
  return text;
}

/// Adds the files below `folder`, in the place of those of the same path.
void add_files(const fs::path& folder, const std::string& name,
               std::map<fs::path, std::string>& files) {
  std::error_code ec;
  fs::recursive_directory_iterator it(folder, ec);
  for (const fs::recursive_directory_iterator end; !ec && it != end; it.increment(ec)) {
    if (!it->is_regular_file()) continue;
    const fs::path path = filled(it->path().lexically_relative(folder).string(), name);
    std::string content = io::read_file(it->path());
    // Weights know no names, and their bytes must stay where they are.
    files[path] = path.extension() == ".safetensors" ? content : filled(content, name);
  }
  if (!ec) return;
  throw expected_error(ErrorCode::kIo, folder.string(), "the templates that come with hezar",
                       ec.message(), "Install all of hezar, or its component sdk.");
}

}  // namespace

fs::path template_folder() {
  std::error_code ec;
  const fs::path program = fs::read_symlink("/proc/self/exe", ec);
  return program.parent_path().parent_path() / "share" / "hezar" / "template";
}

std::vector<TemplateFile> fill_template(const std::vector<std::string_view>& layers,
                                        const std::string& name) {
  std::map<fs::path, std::string> files;
  for (const std::string_view layer : layers) add_files(template_folder() / layer, name, files);
  std::vector<TemplateFile> out;
  for (auto& [path, content] : files) out.push_back({path, std::move(content)});
  return out;
}

void write_new_folder(const fs::path& folder, const std::vector<TemplateFile>& files) {
  NewFolder target(folder, "Take another name, or another place with --dir.");
  for (const TemplateFile& file : files) {
    std::error_code ec;
    fs::create_directories((target.draft() / file.path).parent_path(), ec);
    if (ec) {
      throw expected_error(ErrorCode::kIo, (folder / file.path.parent_path()).string(),
                           "to make this folder", ec.message());
    }
    io::write_file(target.draft() / file.path, file.content);
  }
  target.finish();
}

}  // namespace hezar::host
