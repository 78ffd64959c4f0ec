#include <plugin/compatibility.hpp>

#include <algorithm>
#include <array>
#include <string_view>

#include <hezar/text/concat.hpp>

namespace hezar::plugin {

namespace {

using text::concat;

struct Rule {
  bool (*holds)(const PluginDescriptor& plugin, const HostAbi& host);
  std::string (*reason)(const PluginDescriptor& plugin, const HostAbi& host);
  PluginStatus status = PluginStatus::kIncompatible;
};

std::string or_none(std::string_view text) {
  return text.empty() ? "none" : std::string(text);
}

std::string version_of(const std::uint16_t* numbers) {
  return concat(numbers[0], ".", numbers[1], ".", numbers[2]);
}

std::string boost_of(std::uint32_t version) {
  return concat(version / 1000, ".", version % 1000);
}

constexpr std::array<std::string_view, 4> kX86Levels = {"x86-64", "x86-64-v2", "x86-64-v3",
                                                        "x86-64-v4"};
constexpr std::array<std::string_view, 2> kArmLevels = {"aarch64", "aarch64+sve"};

bool runs_on(std::string_view wanted, std::string_view cpu) {
  const auto rank = [](const auto& levels, std::string_view level) {
    return std::find(levels.begin(), levels.end(), level) - levels.begin();
  };
  const auto fits = [&](const auto& levels) {
    const auto count = static_cast<std::ptrdiff_t>(levels.size());
    return rank(levels, wanted) < count && rank(levels, cpu) < count &&
           rank(levels, wanted) <= rank(levels, cpu);
  };
  return fits(kX86Levels) || fits(kArmLevels);
}

bool not_newer(const std::uint16_t* plugin, const std::array<std::uint16_t, 3>& host) {
  return plugin[0] == host[0] && plugin[1] <= host[1];
}

// In the order in which they are told: the first that does not hold is the one to cure first.
constexpr std::array kRules = {
    Rule{[](const PluginDescriptor& p, const HostAbi& h) {
           return not_newer(p.hezar_version, h.hezar_version);
         },
         [](const PluginDescriptor& p, const HostAbi& h) {
           return concat("built for hezar ", version_of(p.hezar_version), ", this host is ",
                         version_of(h.hezar_version.data()),
                         ". Update hezar or rebuild it against this one");
         }},
    Rule{[](const PluginDescriptor& p, const HostAbi& h) { return p.cxx_runtime == h.cxx_runtime; },
         [](const PluginDescriptor& p, const HostAbi& h) {
           return concat("built for the C++ runtime ", or_none(p.cxx_runtime), ", this host has ",
                         h.cxx_runtime, ". Rebuild it with -stdlib=", h.cxx_runtime);
         }},
    Rule{[](const PluginDescriptor& p, const HostAbi& h) { return p.cxx11_abi == h.cxx11_abi; },
         [](const PluginDescriptor& p, const HostAbi& h) {
           return concat("built with _GLIBCXX_USE_CXX11_ABI=", p.cxx11_abi, ", this host with ",
                         h.cxx11_abi, ". Rebuild it with the host's setting");
         }},
    Rule{[](const PluginDescriptor& p, const HostAbi& h) { return p.cxx_debug == h.cxx_debug; },
         [](const PluginDescriptor& p, const HostAbi& h) {
           return concat("built with _GLIBCXX_DEBUG ", p.cxx_debug != 0 ? "on" : "off",
                         ", this host has it ", h.cxx_debug != 0 ? "on" : "off",
                         ". Rebuild it with the host's setting");
         }},
    Rule{[](const PluginDescriptor& p, const HostAbi& h) {
           return p.cxx_runtime_release <= h.cxx_runtime_release;
         },
         [](const PluginDescriptor& p, const HostAbi& h) {
           return concat("built for ", h.cxx_runtime, " ", p.cxx_runtime_release,
                         ", this host has ", h.cxx_runtime_release,
                         ". Rebuild it with an older compiler or update hezar");
         }},
    Rule{[](const PluginDescriptor& p, const HostAbi& h) { return p.sanitizers == h.sanitizers; },
         [](const PluginDescriptor& p, const HostAbi& h) {
           return concat("built with sanitizer ", or_none(p.sanitizers), ", this host with ",
                         or_none(h.sanitizers), ". Rebuild it with the host's setting");
         }},
    Rule{[](const PluginDescriptor& p, const HostAbi& h) {
           return p.boost_version == h.boost_version;
         },
         [](const PluginDescriptor& p, const HostAbi& h) {
           return concat("built for Boost ", boost_of(p.boost_version), ", this host has ",
                         boost_of(h.boost_version), ". Rebuild it against the host's Boost");
         }},
    Rule{[](const PluginDescriptor& p, const HostAbi& h) {
           return runs_on(p.cpu_level, h.cpu_level);
         },
         [](const PluginDescriptor& p, const HostAbi& h) {
           return concat("built for a CPU of level ", or_none(p.cpu_level), ", this one is ",
                         h.cpu_level, ". Rebuild it for ", h.cpu_level, ", without -march=native");
         }},
    Rule{[](const PluginDescriptor& p, const HostAbi& h) {
           return p.torch_version[0] == '\0' || !h.torch_library.empty();
         },
         [](const PluginDescriptor& p, const HostAbi& h) {
           return concat("needs LibTorch ", p.torch_version,
                         ", and this hezar was built without it (no libhezar-torch.so in ",
                         h.library.parent_path().string(),
                         "). Use a hezar built with -DHEZAR_WITH_TORCH=ON");
         },
         PluginStatus::kMissingDependency},
    Rule{[](const PluginDescriptor& p, const HostAbi& h) {
           return p.torch_version[0] == '\0' || p.torch_version == h.torch_version;
         },
         [](const PluginDescriptor& p, const HostAbi& h) {
           return concat("built for LibTorch ", p.torch_version, ", this host has ",
                         h.torch_version.empty() ? "an unknown one" : h.torch_version,
                         ". Rebuild it against the host's LibTorch");
         }},
};

}  // namespace

std::optional<Incompatibility> check_compatibility(const PluginDescriptor& plugin,
                                                   const HostAbi& host) {
  for (const Rule& rule : kRules) {
    if (!rule.holds(plugin, host)) return Incompatibility{rule.status, rule.reason(plugin, host)};
  }
  return std::nullopt;
}

}  // namespace hezar::plugin
