#include <dlfcn.h>

#include <string>
#include <system_error>
#include <version>

#include <boost/version.hpp>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <plugin/compatibility.hpp>
#include <plugin/plugin_file.hpp>

namespace hezar::plugin {

namespace {

std::string cpu_level() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool v2 = __builtin_cpu_supports("sse4.2") != 0 && __builtin_cpu_supports("popcnt") != 0;
  const bool v3 = v2 && __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0 &&
                  __builtin_cpu_supports("bmi") != 0 && __builtin_cpu_supports("bmi2") != 0;
  const bool v4 =
      v3 && __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
      __builtin_cpu_supports("avx512cd") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
      __builtin_cpu_supports("avx512vl") != 0;
  return v4 ? "x86-64-v4" : v3 ? "x86-64-v3" : v2 ? "x86-64-v2" : "x86-64";
#elif defined(__ARM_FEATURE_SVE)
  return "aarch64+sve";
#else
  return "aarch64";
#endif
}

std::filesystem::path library_path() {
  Dl_info info = {};
  const void* inside = reinterpret_cast<const void*>(&this_host);
  if (::dladdr(inside, &info) == 0 || info.dli_fname == nullptr) return {};
  std::error_code ec;
  std::filesystem::path path = std::filesystem::canonical(info.dli_fname, ec);
  return ec ? std::filesystem::path(info.dli_fname) : path;
}

std::string identity_of(const std::filesystem::path& library) {
  try {
    const FileIdentity identity = FileIdentity::of(library, ElfFile(library));
    if (!identity.build_id.empty()) return identity.build_id;
    return text::concat(identity.size, "-", identity.modified_ns);
  } catch (const Error&) {
    return HEZAR_VERSION;
  }
}

void parse_version(const std::string& text, HostAbi& host) {
  std::size_t at = 0;
  for (std::uint16_t& number : host.hezar_version) {
    if (at >= text.size()) return;
    number = static_cast<std::uint16_t>(std::stoul(text.substr(at)));
    at = std::min(text.find('.', at), text.size() - 1) + 1;
  }
}

HostAbi read_host() {
  HostAbi host;
  parse_version(HEZAR_VERSION, host);
#if defined(__GLIBCXX__)
  host.cxx_runtime = "libstdc++";
  host.cxx11_abi = _GLIBCXX_USE_CXX11_ABI;
  host.cxx_runtime_release = _GLIBCXX_RELEASE;
#else
  host.cxx_runtime = "libc++";
#endif
#if defined(_GLIBCXX_DEBUG)
  host.cxx_debug = 1;
#endif
#if defined(__SANITIZE_ADDRESS__)
  host.sanitizers = "address";
#elif defined(__SANITIZE_THREAD__)
  host.sanitizers = "thread";
#endif
  host.boost_version = BOOST_VERSION / 100;
  host.cpu_level = cpu_level();
  host.library = library_path();
  host.library_id = identity_of(host.library);
  for (const char* name : {"libhezar-torch.so.0", "libhezar-torch.so"}) {
    std::error_code ec;
    const std::filesystem::path torch = host.library.parent_path() / name;
    if (!host.torch_library.empty() || !std::filesystem::is_regular_file(torch, ec)) continue;
    host.torch_library = torch;
    host.torch_version = read_torch_version(torch);
  }
  return host;
}

}  // namespace

const HostAbi& this_host() {
  static const HostAbi host = read_host();
  return host;
}

}  // namespace hezar::plugin

namespace hezar {

boost::json::object PluginHost::host_facts() {
  const plugin::HostAbi& host = plugin::this_host();
  const bool with_torch = !host.torch_library.empty();
  boost::json::object out = {
      {"hezar", HEZAR_VERSION},
      {"abi_epoch", kAbiEpoch},
      {"cxx_runtime", text::concat(host.cxx_runtime, " ", host.cxx_runtime_release)},
      {"boost", text::concat(host.boost_version / 1000, ".", host.boost_version % 1000)},
      {"torch", with_torch ? boost::json::value(host.torch_version) : nullptr},
      {"cpu_level", host.cpu_level},
      {"sanitizers", host.sanitizers},
      {"libhezar", host.library.string()}};
  if (with_torch) out["libhezar_torch"] = host.torch_library.string();
  return out;
}

}  // namespace hezar
