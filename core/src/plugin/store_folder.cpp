#include <plugin/store_folder.hpp>

#include <fcntl.h>
#include <stdio.h>   // NOLINT(modernize-deprecated-headers): renameat2
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp

#include <cerrno>
#include <system_error>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <plugin/directories.hpp>

namespace hezar::plugin {

namespace fs = std::filesystem;

namespace {

constexpr char kDraftPrefix[] = ".draft-";
constexpr char kHomeHint[] =
    "Make it writable, or set XDG_DATA_HOME to a folder that you may write to.";

void make_folder(const fs::path& folder) {
  std::error_code ec;
  fs::create_directories(folder, ec);
  if (ec) throw io::io_error(folder, "to make this folder", ec.value(), kHomeHint);
  const std::string fault = writable_by_others(folder);
  if (fault.empty()) return;
  throw expected_error(ErrorCode::kIo, folder.string(), "a folder that only you may write to",
                       fault, "Take the permission away with chmod go-w.");
}

/// Nobody else has a draft while the lock is held: what is there was left by a process that died.
void remove_drafts(const fs::path& folder) {
  std::error_code ec;
  for (fs::directory_iterator it(folder, ec), end; !ec && it != end; it.increment(ec)) {
    if (!it->path().filename().string().starts_with(kDraftPrefix)) continue;
    std::error_code ignored;  // it only takes up space
    fs::remove_all(it->path(), ignored);
  }
}

bool is_there(const fs::path& path) {
  std::error_code ec;
  return fs::exists(fs::symlink_status(path, ec));
}

}  // namespace

DraftFolder::~DraftFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

DraftFolder::DraftFolder(DraftFolder&& other) noexcept
    : path_(std::exchange(other.path_, fs::path())) {}

StoreFolder::StoreFolder(fs::path path) : path_(std::move(path)) {
  make_folder(path_);
  lock_ = io::lock_exclusively(path_ / ".lock", kHomeHint);
  remove_drafts(path_);
}

DraftFolder StoreFolder::draft() const {
  std::string pattern = (path_ / kDraftPrefix).string() + "XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw io::io_error(path_, "to write to this folder", errno, kHomeHint);
  }
  return DraftFolder(pattern);
}

void StoreFolder::publish(const DraftFolder& draft, const std::string& name) const {
  const fs::path target = path_ / name;
  const auto rename = [&](unsigned flags) {
    return ::renameat2(AT_FDCWD, draft.path().c_str(), AT_FDCWD, target.c_str(), flags) == 0;
  };
  // Exchanged, the old folder is the draft, which is removed with it.
  if (rename(is_there(target) ? RENAME_EXCHANGE : 0)) return;
  if (errno != EINVAL && errno != ENOSYS) throw io::io_error(target, "to put it there", errno);
  // A file system that cannot exchange: for a moment there is none of the name.
  const DraftFolder old = this->draft();
  std::error_code ec;
  fs::rename(target, old.path(), ec);
  if (!ec && rename(0)) return;
  const int number = ec ? ec.value() : errno;
  if (!ec) fs::rename(old.path(), target, ec);
  throw io::io_error(target, "to put it there", number);
}

void StoreFolder::remove(const std::string& name) const {
  const DraftFolder away = draft();
  std::error_code ec;
  fs::rename(path_ / name, away.path(), ec);
  if (ec) throw io::io_error(path_ / name, "to remove it", ec.value());
}

}  // namespace hezar::plugin
