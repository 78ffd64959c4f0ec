#include <gmock/gmock.h>

#include <bad_plugins/plugin_fixture.hpp>

namespace hezar::test {

namespace {

using ::testing::HasSubstr;

/// Files that the compiler made so, refused before any of their code runs.
TEST_F(PluginTest, RefusesFilesOfOtherBuilds) {
  const std::string host_sanitizer(PluginHost::host_facts().at("sanitizers").get_string());
  const bool has_torch = !PluginHost::host_facts().at("torch").is_null();
  const bool sanitized = !host_sanitizer.empty();
  copy("good");
  copy("of_debug_library");
  copy("of_other_torch");
  copy("of_other_sanitizer");
  const auto runtime = start();
  EXPECT_THAT(find(*runtime, "of_debug_library").reason,
              HasSubstr("of_debug_library.so: built with _GLIBCXX_DEBUG on, this host has it off. "
                        "Rebuild it with the host's setting"));
  EXPECT_THAT(find(*runtime, "of_other_torch").reason,
              HasSubstr(has_torch ? "of_other_torch.so: built for LibTorch 1.13, this host has "
                                  : "of_other_torch.so: needs LibTorch 1.13, and this hezar was "
                                    "built without it"));
  EXPECT_THAT(find(*runtime, "of_other_sanitizer").reason,
              HasSubstr("of_other_sanitizer.so: built with sanitizer " +
                        std::string(sanitized ? "none" : "address") + ", this host with " +
                        (sanitized ? host_sanitizer : "none")));
  for (const char* name : {"of_debug_library", "of_other_torch", "of_other_sanitizer"}) {
    EXPECT_NE(open_error(*runtime, name), "");
  }
  expect_good_works(*runtime);
}

}  // namespace

}  // namespace hezar::test
