#include <plugin/compatibility.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <vector>

#include <plugin/plugin_file.hpp>

namespace hezar::plugin {

namespace {

HostAbi host() {
  HostAbi out;
  out.hezar_version = {0, 4, 2};
  out.cxx_runtime = "libstdc++";
  out.cxx11_abi = 1;
  out.cxx_runtime_release = 12;
  out.boost_version = 1081;
  out.cpu_level = "x86-64-v3";
  out.torch_library = "/opt/hezar/lib/libhezar-torch.so";
  out.torch_version = "2.13";
  out.library = "/opt/hezar/lib/libhezar.so.0";
  return out;
}

PluginDescriptor plugin() {
  PluginDescriptor out;
  out.hezar_version[1] = 4;
  std::strcpy(out.cxx_runtime, "libstdc++");
  out.cxx11_abi = 1;
  out.cxx_runtime_release = 12;
  out.boost_version = 1081;
  std::strcpy(out.cpu_level, "x86-64-v3");
  std::strcpy(out.torch_version, "2.13");
  return out;
}

/// A host that everything in a plugin's descriptor fits.
HostAbi this_host_like(const PluginDescriptor& built_for) {
  HostAbi out;
  std::copy_n(built_for.hezar_version, 3, out.hezar_version.begin());
  out.cxx_runtime = built_for.cxx_runtime;
  out.cxx11_abi = built_for.cxx11_abi;
  out.cxx_debug = built_for.cxx_debug;
  out.cxx_runtime_release = built_for.cxx_runtime_release;
  out.boost_version = built_for.boost_version;
  out.sanitizers = built_for.sanitizers;
  out.cpu_level = built_for.cpu_level;
  return out;
}

struct Row {
  const char* name;
  std::function<void(PluginDescriptor&, HostAbi&)> change;
  const char* reason;  // empty: compatible
  PluginStatus status = PluginStatus::kIncompatible;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> out = {
      {"all equal", [](PluginDescriptor&, HostAbi&) {}, ""},
      {"older hezar minor", [](PluginDescriptor& p, HostAbi&) { p.hezar_version[1] = 3; }, ""},
      {"newer hezar patch", [](PluginDescriptor& p, HostAbi&) { p.hezar_version[2] = 9; }, ""},
      {"newer hezar minor", [](PluginDescriptor& p, HostAbi&) { p.hezar_version[1] = 5; },
       "built for hezar 0.5.0, this host is 0.4.2. Update hezar or rebuild it against this one"},
      {"other hezar major", [](PluginDescriptor& p, HostAbi&) { p.hezar_version[0] = 1; },
       "built for hezar 1.4.0, this host is 0.4.2. Update hezar or rebuild it against this one"},
      {"C++ runtime", [](PluginDescriptor& p, HostAbi&) { std::strcpy(p.cxx_runtime, "libc++"); },
       "built for the C++ runtime libc++, this host has libstdc++. Rebuild it with "
       "-stdlib=libstdc++"},
      {"string ABI", [](PluginDescriptor& p, HostAbi&) { p.cxx11_abi = 0; },
       "built with _GLIBCXX_USE_CXX11_ABI=0, this host with 1. Rebuild it with the host's setting"},
      {"debug mode", [](PluginDescriptor& p, HostAbi&) { p.cxx_debug = 1; },
       "built with _GLIBCXX_DEBUG on, this host has it off. Rebuild it with the host's setting"},
      {"older libstdc++", [](PluginDescriptor& p, HostAbi&) { p.cxx_runtime_release = 11; }, ""},
      {"newer libstdc++", [](PluginDescriptor& p, HostAbi&) { p.cxx_runtime_release = 14; },
       "built for libstdc++ 14, this host has 12. Rebuild it with an older compiler or update "
       "hezar"},
      {"sanitizer", [](PluginDescriptor& p, HostAbi&) { std::strcpy(p.sanitizers, "address"); },
       "built with sanitizer address, this host with none. Rebuild it with the host's setting"},
      {"host sanitizer", [](PluginDescriptor&, HostAbi& h) { h.sanitizers = "thread"; },
       "built with sanitizer none, this host with thread. Rebuild it with the host's setting"},
      {"Boost", [](PluginDescriptor& p, HostAbi&) { p.boost_version = 1083; },
       "built for Boost 1.83, this host has 1.81. Rebuild it against the host's Boost"},
      {"lesser CPU", [](PluginDescriptor& p, HostAbi&) { std::strcpy(p.cpu_level, "x86-64"); }, ""},
      {"better CPU", [](PluginDescriptor& p, HostAbi&) { std::strcpy(p.cpu_level, "x86-64-v4"); },
       "built for a CPU of level x86-64-v4, this one is x86-64-v3. Rebuild it for x86-64-v3, "
       "without -march=native"},
      {"unknown CPU", [](PluginDescriptor& p, HostAbi&) { std::strcpy(p.cpu_level, "riscv"); },
       "built for a CPU of level riscv, this one is x86-64-v3. Rebuild it for x86-64-v3, without "
       "-march=native"},
      {"other CPU", [](PluginDescriptor&, HostAbi& h) { h.cpu_level = "aarch64+sve"; },
       "built for a CPU of level x86-64-v3, this one is aarch64+sve. Rebuild it for aarch64+sve, "
       "without -march=native"},
      {"LibTorch", [](PluginDescriptor& p, HostAbi&) { std::strcpy(p.torch_version, "2.12"); },
       "built for LibTorch 2.12, this host has 2.13. Rebuild it against the host's LibTorch"},
      {"unknown LibTorch", [](PluginDescriptor&, HostAbi& h) { h.torch_version.clear(); },
       "built for LibTorch 2.13, this host has an unknown one. Rebuild it against the host's "
       "LibTorch"},
      {"no LibTorch", [](PluginDescriptor&, HostAbi& h) { h.torch_library.clear(); },
       "needs LibTorch 2.13, and this hezar was built without it (no libhezar-torch.so in "
       "/opt/hezar/lib). Use a hezar built with -DHEZAR_WITH_TORCH=ON",
       PluginStatus::kMissingDependency},
      {"needs no LibTorch",
       [](PluginDescriptor& p, HostAbi& h) {
         p.torch_version[0] = '\0';
         h.torch_library.clear();
       },
       ""},
      {"compiler and build type",
       [](PluginDescriptor& p, HostAbi&) {
         std::strcpy(p.compiler, "another");
         std::strcpy(p.build_type, "Debug");
       },
       ""},
  };
  return out;
}

TEST(CompatibilityTest, HasARuleForEachField) {
  for (const Row& row : rows()) {
    PluginDescriptor descriptor = plugin();
    HostAbi abi = host();
    row.change(descriptor, abi);
    const std::optional<Incompatibility> got = check_compatibility(descriptor, abi);
    EXPECT_EQ(got ? got->reason : "", row.reason) << row.name;
    if (got) {
      EXPECT_EQ(to_string(got->status), to_string(row.status)) << row.name;
    }
  }
}

/// Built with -march for the highest level there is, which most machines that run this are.
TEST(CompatibilityTest, RefusesAFileBuiltForABiggerCpu) {
  const auto file = read_plugin_file(std::string(HEZAR_TEST_PLUGINS) + "/of_bigger_cpu.so");
  ASSERT_TRUE(file.has_value());
  HostAbi smaller = this_host_like(file->descriptor);
  EXPECT_FALSE(check_compatibility(file->descriptor, smaller).has_value());
  const std::string built_for = smaller.cpu_level;
  smaller.cpu_level = built_for.starts_with("x86-64") ? "x86-64-v2" : "aarch64";
  const auto broken = check_compatibility(file->descriptor, smaller);
  ASSERT_TRUE(broken.has_value());
  EXPECT_EQ(broken->reason, "built for a CPU of level " + built_for + ", this one is " +
                                smaller.cpu_level + ". Rebuild it for " + smaller.cpu_level +
                                ", without -march=native");
}

}  // namespace

}  // namespace hezar::plugin
