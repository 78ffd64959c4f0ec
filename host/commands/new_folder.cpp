#include <commands/new_folder.hpp>

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp

#include <cerrno>
#include <system_error>
#include <utility>

#include <hezar/error/error.hpp>

namespace hezar::host {

namespace fs = std::filesystem;

namespace {

void check_free(const fs::path& folder, const std::string& hint) {
  std::error_code ec;
  if (!fs::exists(fs::symlink_status(folder, ec))) return;
  const bool is_folder = fs::is_directory(folder, ec);
  if (is_folder && fs::is_empty(folder, ec) && !ec) return;
  throw expected_error(ErrorCode::kValue, folder.string(), "no folder, or an empty one",
                       is_folder ? "one that holds files" : "a file", hint);
}

Error cannot_write(const fs::path& folder, const std::error_code& ec, const std::string& hint) {
  return expected_error(ErrorCode::kIo, folder.string(), "to make this folder", ec.message(), hint);
}

/// Without the slash at its end, behind which no name is.
fs::path full_path(const fs::path& folder) {
  const fs::path out = fs::absolute(folder).lexically_normal();
  return out.has_filename() ? out : out.parent_path();
}

}  // namespace

NewFolder::NewFolder(const fs::path& folder, std::string hint)
    : given_(folder), folder_(full_path(folder)), hint_(std::move(hint)) {
  check_free(given_, hint_);
  std::error_code ec;
  const fs::path parent = folder_.parent_path();
  if (fs::create_directories(parent, ec)) parent_ = parent;
  if (ec) throw cannot_write(parent, ec, hint_);
  std::string pattern = (parent / ".hezar-new-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw cannot_write(given_, std::error_code(errno, std::generic_category()), hint_);
  }
  draft_ = pattern;
}

NewFolder::~NewFolder() {
  std::error_code ignored;
  if (!draft_.empty()) fs::remove_all(draft_, ignored);
  if (!parent_.empty()) fs::remove(parent_, ignored);  // where nothing else came into it
}

void NewFolder::finish() {
  std::error_code ec;
  fs::permissions(draft_, fs::perms(0755), ec);
  fs::rename(draft_, folder_, ec);
  if (ec) throw cannot_write(given_, ec, hint_);
  draft_.clear();
  parent_.clear();
}

}  // namespace hezar::host
