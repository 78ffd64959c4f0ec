#include <plugin/installed_record.hpp>

#include <algorithm>
#include <array>
#include <ctime>
#include <system_error>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/text/concat.hpp>
#include <hub/blob_hash.hpp>
#include <plugin/printable.hpp>

namespace hezar::plugin {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMaxRecordBytes = 1U << 16;

/// @throws Error kIo, kFormat for what write_record did not write.
void read_fields(const fs::path& file, InstalledPlugin& out) {
  boost::json::error_code ec;
  const boost::json::value document = boost::json::parse(io::read_file(file, kMaxRecordBytes), ec);
  const auto text = [&](const char* key) {
    const auto found = json::find_text(document, key);
    if (ec || !found) throw Error(ErrorCode::kFormat, "damaged");
    return printable(*found, 4096);
  };
  out.version = text("version");
  out.source = text("source");
  out.sha256 = text("sha256");
  out.installed_at = text("installed_at");
}

/// Empty: the file is what it was.
std::string change_of(const InstalledPlugin& plugin) {
  const std::string hint =
      text::concat(". Remove it and install it again: hezar plugin remove ", plugin.name);
  try {
    const std::string now = sha256_of(plugin.file());
    if (now == plugin.sha256) return {};
    return text::concat(plugin.name, ".so: changed after it was installed: expected sha256 ",
                        plugin.sha256, ", got ", now, hint);
  } catch (const Error& e) {
    return text::concat(printable(e.what()), hint);
  }
}

}  // namespace

std::string sha256_of(const fs::path& file) {
  static const std::string like_a_sha256(64, '0');
  return hub::hash_file(file.string(), like_a_sha256);
}

std::string utc_time() {
  const std::time_t now = std::time(nullptr);
  std::tm parts = {};
  ::gmtime_r(&now, &parts);
  std::array<char, 32> out = {};
  return {out.data(), std::strftime(out.data(), out.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

void write_record(const fs::path& folder, const InstalledPlugin& plugin) {
  const boost::json::object record = {{"name", plugin.name},
                                      {"version", plugin.version},
                                      {"source", plugin.source},
                                      {"sha256", plugin.sha256},
                                      {"installed_at", plugin.installed_at}};
  io::write_file(folder / kInstalledRecord, json::write(record, 2) + "\n");
}

bool has_record(const fs::path& folder) {
  std::error_code ec;
  return fs::exists(folder / kInstalledRecord, ec);
}

InstalledPlugin read_record(const fs::path& folder) {
  InstalledPlugin out;
  out.folder = folder;
  out.name = printable(folder.filename().string(), 255);
  const fs::path file = folder / kInstalledRecord;
  try {
    read_fields(file, out);
    out.change = change_of(out);
  } catch (const Error&) {
    out.change =
        text::concat(printable(file.string(), 4096),
                     ": expected what hezar plugin install writes, got another file. ",
                     "Remove the plugin and install it again: hezar plugin remove ", out.name);
  }
  return out;
}

std::vector<InstalledPlugin> read_records(const fs::path& store) {
  std::vector<InstalledPlugin> out;
  std::error_code ec;
  for (fs::directory_iterator it(store, ec), end; !ec && it != end; it.increment(ec)) {
    const bool hidden = it->path().filename().string().starts_with('.');
    if (!hidden && has_record(it->path())) out.push_back(read_record(it->path()));
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return out;
}

}  // namespace hezar::plugin
