// A plugin built for another host, in each way there is, fails file.host alone and with its own
// line.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <stdexcept>
#include <string>

#include <hezar/plugin/descriptor.hpp>
#include <hezar/testing/conformance.hpp>

namespace hezar::testing {

namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

struct Row {
  const char* name;
  void (*change)(PluginDescriptor&);
  const char* message;
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

template <std::size_t Size>
void set(char (&field)[Size], const char* text) {
  std::memset(field, 0, Size);
  std::strncpy(field, text, Size - 1);
}

class HostLineTest : public ::testing::TestWithParam<Row> {
 protected:
  HostLineTest() {
    std::string pattern = (fs::temp_directory_path() / "hezar-lines-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = pattern;
  }
  ~HostLineTest() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  /// A right plugin with a changed descriptor.
  [[nodiscard]] fs::path changed(void (*change)(PluginDescriptor&)) const {
    std::ifstream in(fs::path(HEZAR_TEST_PLUGINS) / "no_fault.so", std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    PluginDescriptor start;
    const std::string owner("Hezar\0\0\0", 8);
    const std::size_t at = bytes.find(owner + std::string(reinterpret_cast<char*>(&start), 8));
    if (at == std::string::npos) throw std::runtime_error("no descriptor found");
    PluginDescriptor descriptor;
    std::memcpy(&descriptor, bytes.data() + at + owner.size(), sizeof(descriptor));
    change(descriptor);
    std::memcpy(bytes.data() + at + owner.size(), &descriptor, sizeof(descriptor));
    std::ofstream(folder_ / "other.so", std::ios::binary) << bytes;
    return folder_ / "other.so";
  }

  fs::path folder_;
};

TEST_P(HostLineTest, SaysWhatThePluginWasBuiltFor) {
  CheckOptions options;
  options.file = changed(GetParam().change);
  int failed = 0;
  for (const CheckResult& result : run_checks(options)) {
    if (result.status != CheckStatus::kFailed && result.status != CheckStatus::kCrashed) continue;
    ++failed;
    EXPECT_EQ(result.id, "file.host") << result.message;
    EXPECT_THAT(result.message, HasSubstr(GetParam().message));
  }
  EXPECT_EQ(failed, 1);
}

INSTANTIATE_TEST_SUITE_P(
    All, HostLineTest,
    ::testing::Values(
        Row{"AbiEpoch", [](PluginDescriptor& d) { d.abi_epoch = 1; },
            "built for ABI epoch 1 of hezar, this host has"},
        Row{"NewerHezar", [](PluginDescriptor& d) { d.hezar_version[1] += 1; }, "built for hezar"},
        Row{"CxxRuntime", [](PluginDescriptor& d) { set(d.cxx_runtime, "libother"); },
            "built for the C++ runtime libother"},
        Row{"OldStringAbi", [](PluginDescriptor& d) { d.cxx11_abi ^= 1U; },
            "built with _GLIBCXX_USE_CXX11_ABI="},
        Row{"DebugContainers", [](PluginDescriptor& d) { d.cxx_debug ^= 1U; },
            "built with _GLIBCXX_DEBUG"},
        Row{"NewerCompiler", [](PluginDescriptor& d) { d.cxx_runtime_release += 100; },
            "Rebuild it with an older compiler or update hezar"},
        Row{"Sanitizer", [](PluginDescriptor& d) { set(d.sanitizers, "memory"); },
            "built with sanitizer memory"},
        Row{"Boost", [](PluginDescriptor& d) { d.boost_version += 1; }, "built for Boost"},
        Row{"BiggerCpu", [](PluginDescriptor& d) { set(d.cpu_level, "x86-64-v9"); },
            "built for a CPU of level x86-64-v9"},
        Row{"LibTorch", [](PluginDescriptor& d) { set(d.torch_version, "1.0"); }, "LibTorch 1.0"}),
    [](const auto& row) { return row.param.name; });

}  // namespace

}  // namespace hezar::testing
