#include <plugin/loader_cache.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <random>
#include <string>

namespace hezar::plugin {

namespace {

void append(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
}

/// A cache with one library, as ldconfig writes it.
std::string make_cache(std::int32_t flags) {
  const std::string texts("libfoo.so.1\0/opt/lib/libfoo.so.1\0", 33);
  constexpr std::uint32_t kTexts = 48 + 24;
  std::string out = "glibc-ld.so.cache1.1";
  append(out, 1, 4);
  append(out, texts.size(), 4);
  out.append(4 + 4 + 12, '\0');
  append(out, static_cast<std::uint32_t>(flags), 4);
  append(out, kTexts, 4);
  append(out, kTexts + 12, 4);
  append(out, 0, 4);
  append(out, 0, 8);
  return out + texts;
}

#if defined(__x86_64__)
constexpr std::int32_t kNative = 0x0303;
#else
constexpr std::int32_t kNative = 0x0a03;
#endif

TEST(LoaderCacheTest, FindsLibrariesOfThisMachine) {
  EXPECT_EQ(LoaderCache(make_cache(kNative)).find("libfoo.so.1"), "/opt/lib/libfoo.so.1");
  EXPECT_EQ(LoaderCache(make_cache(kNative)).find("libbar.so.1"), "");
  EXPECT_EQ(LoaderCache(make_cache(0x0803)).find("libfoo.so.1"), "");
  const std::string after_older = "ld.so-1.7.0 and its entries" + make_cache(kNative);
  EXPECT_EQ(LoaderCache(after_older).find("libfoo.so.1"), "/opt/lib/libfoo.so.1");
}

TEST(LoaderCacheTest, NeverCrashesOnDamagedBytes) {
  const std::string whole = make_cache(kNative);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_LE(LoaderCache(whole.substr(0, size)).find("libfoo.so.1").string().size(), 33U);
  }
  std::mt19937 random(3);
  for (int round = 0; round < 2000; ++round) {
    std::string changed = whole;
    for (int i = 0; i < 3; ++i) {
      changed[20 + random() % (changed.size() - 20)] = static_cast<char>(random());
    }
    (void)LoaderCache(changed).find("libfoo.so.1");
  }
}

TEST(LoaderCacheTest, IsEmptyWhenThereIsNone) {
  EXPECT_EQ(LoaderCache::load("/nonexistent").find("libc.so.6"), "");
}

}  // namespace

}  // namespace hezar::plugin
