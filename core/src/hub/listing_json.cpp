#include <hub/listing_json.hpp>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hub/blob_hash.hpp>
#include <hub/file_name.hpp>

namespace hezar::hub {

namespace {

constexpr std::int64_t kFormatVersion = 1;

Error malformed(std::string_view origin, std::string_view expected) {
  return expected_error(ErrorCode::kHub, origin, expected, "another answer",
                        "Is this the Hub? See HF_ENDPOINT.");
}

std::uint64_t size_at(const boost::json::object& object, std::string_view key,
                      std::string_view origin) {
  const boost::json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_int64() || value->get_int64() < 0)
    throw malformed(origin, "the size of each file");
  return static_cast<std::uint64_t>(value->get_int64());
}

void check_file(const RepoFile& file, std::string_view origin) {
  check_file_name(file.path, origin);
  if (!is_blob_id(file.id)) throw malformed(origin, "a hash for each file");
}

}  // namespace

std::vector<RepoFile> listing_from_page(const boost::json::value& page, std::string_view origin) {
  if (!page.is_array()) throw malformed(origin, "a list of files");
  std::vector<RepoFile> out;
  for (const boost::json::value& entry : page.get_array()) {
    if (!entry.is_object()) throw malformed(origin, "a list of files");
    const boost::json::object& object = entry.get_object();
    if (json::text_of(object, "type") != "file") continue;
    RepoFile file{json::text_of(object, "path"), size_at(object, "size", origin),
                  json::text_of(object, "oid"), json::text_of(object, "oid"),
                  json::text_of(object, "xetHash")};
    if (const boost::json::value* lfs = object.if_contains("lfs");
        lfs != nullptr && lfs->is_object()) {
      file.id = json::text_of(lfs->get_object(), "oid");
      file.size = size_at(lfs->get_object(), "size", origin);
    }
    check_file(file, origin);
    out.push_back(std::move(file));
  }
  return out;
}

std::vector<RepoFile> listing_from_cache(const boost::json::value& document,
                                         std::string_view origin) {
  const boost::json::object* root = document.if_object();
  const boost::json::value* version =
      root != nullptr ? root->if_contains("format_version") : nullptr;
  const boost::json::value* files = root != nullptr ? root->if_contains("files") : nullptr;
  if (version == nullptr || *version != kFormatVersion || files == nullptr || !files->is_object())
    throw malformed(origin, "a listing of version 1");
  std::vector<RepoFile> out;
  for (const auto& [path, value] : files->get_object()) {
    if (!value.is_object()) throw malformed(origin, "a listing of version 1");
    const boost::json::object& object = value.get_object();
    RepoFile file{std::string(path), size_at(object, "size", origin),
                  json::text_of(object, "blob_id"), json::text_of(object, "blob_id"),
                  json::text_of(object, "xet_hash")};
    if (std::string sha256 = json::text_of(object, "lfs_sha256"); !sha256.empty()) {
      file.id = std::move(sha256);
      if (object.contains("lfs_size")) file.size = size_at(object, "lfs_size", origin);
    }
    check_file(file, origin);
    out.push_back(std::move(file));
  }
  return out;
}

boost::json::object listing_for_cache(const std::vector<RepoFile>& files) {
  boost::json::object entries;
  for (const RepoFile& file : files) {
    boost::json::object entry = {{"size", file.size}, {"blob_id", file.git_id}};
    if (file.is_large()) {
      entry["lfs_sha256"] = file.id;
      entry["lfs_size"] = file.size;
    }
    if (!file.xet_hash.empty()) entry["xet_hash"] = file.xet_hash;
    entries[file.path] = std::move(entry);
  }
  return {{"format_version", kFormatVersion}, {"files", std::move(entries)}};
}

}  // namespace hezar::hub
