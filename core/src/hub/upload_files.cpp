#include <hub/upload_files.hpp>

#include <algorithm>
#include <array>
#include <system_error>

#include <fnmatch.h>

#include <hezar/error/error.hpp>
#include <hezar/log/log.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>
#include <hub/libcrypto.hpp>
#include <io/file_handle.hpp>
#include <io/printable.hpp>

namespace hezar::hub {

namespace {

namespace fs = std::filesystem;

bool matches_any(const std::string& path, const std::vector<std::string>& patterns) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    const std::string whole = pattern.ends_with('/') ? pattern + "*" : pattern;
    return ::fnmatch(whole.c_str(), path.c_str(), 0) == 0;
  });
}

bool is_private_to_clients(const std::string& path) {
  constexpr std::array kFolders = {".git", ".cache/huggingface"};
  return std::any_of(kFolders.begin(), kFolders.end(), [&](std::string_view folder) {
    return path == folder || path.starts_with(text::concat(folder, "/"));
  });
}

void skip(const std::string& path, std::string_view what) {
  log::warning(text::concat("hub: ", path, " is ", what, " and is not uploaded"));
}

/// Adds the file of one entry, or says why not.
void add(const fs::directory_entry& entry, std::string path, std::vector<UploadFile>& files) {
  if (entry.is_directory()) {
    if (entry.is_symlink()) skip(path, "a link to a folder");
    return;
  }
  if (!entry.is_regular_file()) return skip(path, "no regular file");
  if (const auto offset = text::find_invalid_utf8(path))
    throw text::invalid_utf8_error(text::concat("file name ", io::printable(path)), path, *offset);
  files.push_back({entry.path(), std::move(path), entry.file_size(), false, {}});
}

}  // namespace

std::vector<UploadFile> collect_files(const fs::path& folder,
                                      const std::vector<std::string>& include,
                                      const std::vector<std::string>& exclude) {
  std::vector<UploadFile> files;
  try {
    for (fs::recursive_directory_iterator at(folder), end; at != end; ++at) {
      std::string path = at->path().lexically_relative(folder).generic_string();
      if (is_private_to_clients(path)) {
        at.disable_recursion_pending();
        continue;
      }
      const bool wanted = include.empty() || matches_any(path, include);
      if (at->is_directory() || (wanted && !matches_any(path, exclude)))
        add(*at, std::move(path), files);
    }
  } catch (const fs::filesystem_error& error) {
    throw expected_error(ErrorCode::kIo, error.path1().string(), "a folder or file to read",
                         error.code().message());
  }
  if (files.empty()) {
    throw expected_error(ErrorCode::kIo, folder.string(), "files to upload", "none",
                         include.empty() && exclude.empty()
                             ? "Give a folder that holds some."
                             : "Check the patterns of --include and --exclude.");
  }
  std::sort(files.begin(), files.end(),
            [](const UploadFile& a, const UploadFile& b) { return a.path < b.path; });
  return files;
}

std::string read_start(const UploadFile& file, std::size_t size) {
  const io::OpenedFile opened = io::open_regular(file.file);
  std::string out(std::min<std::uint64_t>(size, opened.size), '\0');
  io::read_exactly(opened.handle, file.file, reinterpret_cast<std::byte*>(out.data()), out.size(),
                   0);
  return out;
}

std::string base64(std::string_view bytes) {
  // The encoder takes an int and ends its output with a NUL.
  constexpr std::size_t kBlock = 3 << 20;
  std::string out;
  out.reserve(4 * (bytes.size() / 3 + 1));
  std::string encoded(4 * (kBlock / 3 + 1) + 1, '\0');
  for (std::size_t at = 0; at < bytes.size(); at += kBlock) {
    const std::string_view block = bytes.substr(at, kBlock);
    const int size = libcrypto().encode_block(reinterpret_cast<unsigned char*>(encoded.data()),
                                              reinterpret_cast<const unsigned char*>(block.data()),
                                              static_cast<int>(block.size()));
    out.append(encoded, 0, static_cast<std::size_t>(size));
  }
  return out;
}

}  // namespace hezar::hub
