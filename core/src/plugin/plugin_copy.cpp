#include <plugin/plugin_copy.hpp>

#include <cerrno>
#include <fstream>
#include <ostream>
#include <string>
#include <system_error>
#include <vector>

#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/text/concat.hpp>
#include <io/file_handle.hpp>
#include <plugin/directories.hpp>
#include <plugin/plugin_file.hpp>

namespace hezar::plugin {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxFiles = 10'000;  // a folder with more was not made to be installed

constexpr std::streamsize kBlockBytes = 1 << 18;

constexpr fs::perms kOthersWrite = fs::perms::group_write | fs::perms::others_write;

bool is_plugin(const fs::path& file) {
  try {
    return read_plugin_file(file).has_value();
  } catch (const Error&) {
    return true;  // it wants to be one: what is wrong is told when it is checked
  }
}

/// Not by std::filesystem, which tells a full disk as an "Input/output error".
void copy_regular(const fs::path& from, const fs::path& to) {
  std::ifstream in(from, std::ios::binary);
  io::write_file(to, [&](std::ostream& out) {
    std::vector<char> block(kBlockBytes);
    while (in.read(block.data(), kBlockBytes) || in.gcount() > 0)
      out.write(block.data(), in.gcount());
  });
  if (!in.eof()) throw io::io_error(from, "to read it", EIO);
  std::error_code ec;
  fs::permissions(to, fs::status(from).permissions() & ~kOthersWrite, ec);
  if (ec) throw io::io_error(to, "to set its permissions", ec.value());
}

/// Libraries are often a link beside the file: libx.so -> libx.so.1.
void copy_link(const fs::path& link, const fs::path& root, const fs::path& to) {
  std::error_code ec;
  const fs::path target = fs::read_symlink(link, ec);
  const fs::path inside =
      (link.parent_path() / target).lexically_normal().lexically_relative(root.lexically_normal());
  if (ec || target.is_absolute() || inside.empty() || *inside.begin() == "..") {
    throw expected_error(ErrorCode::kPlugin, link.string(), "a link to a file of the same folder",
                         text::concat("one to ", target.string()), "Put the file itself there.");
  }
  fs::create_symlink(target, to, ec);
  if (ec) throw io::io_error(to, "to make this link", ec.value());
}

void copy_entry(const fs::directory_entry& entry, const fs::path& root, const fs::path& to) {
  std::error_code ec;
  const fs::file_status status = entry.symlink_status(ec);
  if (fs::is_symlink(status)) return copy_link(entry.path(), root, to);
  if (fs::is_regular_file(status)) return copy_regular(entry.path(), to);
  if (!fs::is_directory(status)) {
    throw expected_error(ErrorCode::kPlugin, entry.path().string(), "a file or a folder",
                         "a pipe, socket or device", "Remove it.");
  }
  fs::create_directory(to, ec);
  if (!ec) fs::permissions(to, kOthersWrite, fs::perm_options::remove, ec);
  if (ec) throw io::io_error(to, "to make this folder", ec.value());
}

void copy_folder(const fs::path& source, const fs::path& to) {
  std::error_code ec;
  if (fs::exists(source / "CMakeCache.txt", ec)) {
    throw expected_error(ErrorCode::kPlugin, source.string(), "a folder to be installed",
                         "one in which something is built", "Give the plugin's file.");
  }
  std::size_t count = 0;
  fs::recursive_directory_iterator it(source, ec);
  for (const fs::recursive_directory_iterator end; !ec && it != end; it.increment(ec)) {
    if (it->path().filename().string().starts_with('.')) {
      it.disable_recursion_pending();
      continue;
    }
    if (++count > kMaxFiles) {
      throw expected_error(ErrorCode::kPlugin, source.string(),
                           text::concat("at most ", kMaxFiles, " files"), "more",
                           "Give the plugin's file, or a folder with what it needs only.");
    }
    copy_entry(*it, source, to / it->path().lexically_relative(source));
  }
  if (ec) throw io::io_error(source, "to read this folder", ec.value());
}

}  // namespace

fs::path plugin_in(const fs::path& source) {
  std::error_code ec;
  const fs::file_status status = fs::status(source, ec);
  if (!fs::exists(status)) {
    throw io::io_error(source, "a plugin's file or folder", ec ? ec.value() : ENOENT,
                       "Give a file like ./my_plugin.so.");
  }
  if (!fs::is_directory(status)) return source;
  std::vector<std::string> names;
  for (const fs::path& file : plugin_candidates(source)) {
    const bool at_top = file.parent_path() == source;
    if (at_top && is_plugin(file)) names.push_back(file.filename().string());
  }
  if (names.size() == 1) return source / names.front();
  throw expected_error(ErrorCode::kPlugin, source.string(), "a folder with one plugin",
                       names.empty() ? "none" : text::join(names, ", "), "Give the plugin's file.");
}

void copy_plugin(const fs::path& source, const fs::path& to) {
  std::error_code ec;
  if (fs::is_directory(source, ec)) {
    copy_folder(source, to);
  } else {
    copy_regular(source, to / source.filename());
  }
}

}  // namespace hezar::plugin
