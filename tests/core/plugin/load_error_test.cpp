#include <plugin/load_error.hpp>

#include <gtest/gtest.h>

#include <vector>

namespace hezar::plugin {

namespace {

struct Row {
  const char* message;
  PluginStatus status;
  const char* reason;
};

TEST(LoadErrorTest, ExplainsWhatTheLoaderSays) {
  const std::vector<Row> rows = {
      {"boost::dll::shared_library::load() failed (dlerror system message: /p/a.so: undefined "
       "symbol: _ZN5hezar4fileEi): Bad file descriptor [generic:9]",
       PluginStatus::kUnresolvedSymbol,
       "needs the symbol hezar::file(int), which neither this host nor its libraries have. Rebuild "
       "it against this hezar"},
      {"/p/a.so: undefined symbol: plain_c, version FOO_1", PluginStatus::kUnresolvedSymbol,
       "needs the symbol plain_c, which neither this host nor its libraries have. Rebuild it "
       "against this hezar"},
      {"libfoo.so.1: cannot open shared object file: No such file or directory",
       PluginStatus::kMissingDependency,
       "needs libfoo.so.1, which was not found. Install it or put it beside the plugin"},
      {"/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.99' not found (required by /p/a.so)",
       PluginStatus::kIncompatible,
       "built for GLIBC_2.99, which /lib/x86_64-linux-gnu/libc.so.6 of this system lacks. Rebuild "
       "it on this system"},
      {"/p/a.so: cannot allocate memory in static TLS block", PluginStatus::kFailed,
       "cannot be opened: /p/a.so: cannot allocate memory in static TLS block. Rebuild or remove "
       "it"},
      {"", PluginStatus::kFailed, "cannot be opened: . Rebuild or remove it"},
  };
  for (const Row& row : rows) {
    const LoadFault fault = explain_load_error(row.message);
    EXPECT_EQ(to_string(fault.status), to_string(row.status)) << row.message;
    EXPECT_EQ(fault.reason, row.reason);
  }
}

TEST(LoadErrorTest, NamesWhoNeedsWhatIsMissing) {
  EXPECT_EQ(describe({"libfoo.so", "a.so", {"/p", "/q"}}, "/p/a.so"),
            "needs libfoo.so, which was not found (looked in /p, /q). Install it or put it beside "
            "the plugin");
  EXPECT_EQ(describe({"libfoo.so", "libbar.so", {}}, "/p/a.so"),
            "needs libfoo.so through libbar.so, which was not found. Install it or put it beside "
            "the plugin");
}

}  // namespace

}  // namespace hezar::plugin
