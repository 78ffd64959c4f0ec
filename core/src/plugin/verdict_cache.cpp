#include <plugin/verdict_cache.hpp>

#include <unistd.h>

#include <array>
#include <charconv>
#include <chrono>
#include <system_error>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <plugin/file_reader.hpp>
#include <plugin/plugin_status.hpp>
#include <plugin/printable.hpp>

namespace hezar::plugin {

namespace {

constexpr std::int64_t kFormat = 1;
constexpr std::uint64_t kMaxBytes = 1U << 23;

/// @source FNV-1a, 64 bits: names files; the key inside tells equal ones apart.
std::uint64_t hash(std::string_view text) {
  std::uint64_t out = 0xcbf29ce484222325;
  for (const char c : text) out = (out ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return out;
}

std::int64_t now_seconds() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

boost::json::object to_json(const Verdict& verdict) {
  return {{"status", to_string(verdict.status)},
          {"reason", verdict.reason},
          {"warning", verdict.warning},
          {"expires", verdict.expires},
          {"modules", modules_to_json(verdict.modules)}};
}

/// @throws boost::system::system_error, Error for anything that to_json did not write.
Verdict from_json(const boost::json::object& json, std::string_view plugin) {
  const auto text = [&](const char* key) {
    return printable(std::string_view(json.at(key).as_string()), 8000);
  };
  Verdict out;
  out.status = parse_status(text("status"));
  out.reason = text("reason");
  out.warning = text("warning");
  out.expires = json.at("expires").as_int64();
  out.modules = parse_modules(boost::json::serialize(json.at("modules")), plugin);
  return out;
}

}  // namespace

VerdictCache::VerdictCache(std::filesystem::path folder, const HostAbi& host)
    : folder_(std::move(folder)), host_(host.library_id) {}

std::filesystem::path VerdictCache::file_of(const FileIdentity& identity) const {
  std::array<char, 16> digits = {};
  const std::to_chars_result end =
      std::to_chars(digits.data(), digits.data() + digits.size(), hash(identity.path), 16);
  return folder_ / (std::string(digits.data(), end.ptr) + ".json");
}

boost::json::object VerdictCache::key_of(const FileIdentity& identity,
                                         const std::vector<std::string>& dependencies) const {
  boost::json::object key = identity.to_json();
  key["host"] = host_;
  key["dependencies"] = boost::json::array(dependencies.begin(), dependencies.end());
  return key;
}

std::optional<Verdict> VerdictCache::find(const PluginFile& file,
                                          const std::vector<std::string>& dependencies) const {
  if (folder_.empty()) return std::nullopt;
  const std::filesystem::path remembered = file_of(file.identity);
  if (::access(remembered.c_str(), R_OK) != 0) return std::nullopt;
  try {
    const std::string text = FileReader(remembered).read_up_to(0, kMaxBytes);
    const boost::json::value json = boost::json::parse(text);
    const boost::json::object& document = json.as_object();
    if (document.at("format") != kFormat) return std::nullopt;
    if (document.at("key") != key_of(file.identity, dependencies)) return std::nullopt;
    Verdict out = from_json(document.at("verdict").as_object(), file.descriptor.name);
    if (out.expires != 0 && out.expires <= now_seconds()) return std::nullopt;
    return out;
  } catch (const std::exception&) {
    return std::nullopt;  // absent, or damaged: proven again
  }
}

void VerdictCache::store(const PluginFile& file, const std::vector<std::string>& dependencies,
                         const Verdict& verdict) const {
  if (folder_.empty() || !verdict.keep) return;
  const boost::json::object document = {{"format", kFormat},
                                        {"key", key_of(file.identity, dependencies)},
                                        {"verdict", to_json(verdict)}};
  try {
    std::filesystem::create_directories(folder_);
    io::write_file(file_of(file.identity), boost::json::serialize(document));
  } catch (const std::exception&) {
    return;  // not writable: the child runs each time
  }
}

}  // namespace hezar::plugin
