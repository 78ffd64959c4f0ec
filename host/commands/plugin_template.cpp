#include <commands/plugin_template.hpp>

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp

#include <cerrno>
#include <map>
#include <system_error>

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

Error cannot_write(const fs::path& folder, const std::error_code& ec) {
  return expected_error(ErrorCode::kIo, folder.string(), "to make this folder", ec.message(),
                        "Name another one with --dir.");
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

void check_free(const fs::path& folder) {
  std::error_code ec;
  if (!fs::exists(fs::symlink_status(folder, ec))) return;
  const bool is_folder = fs::is_directory(folder, ec);
  if (is_folder && fs::is_empty(folder, ec) && !ec) return;
  throw expected_error(ErrorCode::kValue, folder.string(), "no folder, or an empty one",
                       is_folder ? "one that holds files" : "a file",
                       "Take another name, or another place with --dir.");
}

/// A folder that is removed with all it holds, unless it was kept.
class NewFolder {
 public:
  explicit NewFolder(fs::path path) : path_(std::move(path)) {}
  ~NewFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;
  void keep() { path_.clear(); }

 private:
  fs::path path_;
};

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
  check_free(folder);
  std::error_code ec;
  const fs::path parent = folder.has_parent_path() ? folder.parent_path() : ".";
  const bool made = fs::create_directories(parent, ec);
  if (ec) throw cannot_write(parent, ec);
  NewFolder new_parent(made ? parent : fs::path());
  std::string pattern = (parent / ".hezar-new-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw cannot_write(parent, std::error_code(errno, std::generic_category()));
  }
  NewFolder draft(pattern);
  for (const TemplateFile& file : files) {
    fs::create_directories((pattern / file.path).parent_path(), ec);
    if (ec) throw cannot_write(folder / file.path.parent_path(), ec);
    io::write_file(pattern / file.path, file.content);
  }
  fs::permissions(pattern, fs::perms(0755), ec);
  fs::rename(pattern, folder, ec);
  if (ec) throw cannot_write(folder, ec);
  draft.keep();
  new_parent.keep();
}

}  // namespace hezar::host
