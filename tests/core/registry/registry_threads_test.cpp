#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include <hezar/module/model.hpp>
#include <hezar/registry/registry.hpp>
#include <hezar/text/concat.hpp>

namespace hezar {
namespace {

TEST(RegistryThreadsTest, TakesAdditionsAndLookUpsFromSeveralThreads) {
  constexpr int kThreads = 4;
  constexpr int kNames = 200;
  Registry<Model> registry;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&registry, t] {
        for (int i = 0; i < kNames; ++i) {
          ModuleInfo info;
          info.name = text::concat("m", i);
          info.plugin = text::concat("p", t);
          registry.announce(info);
          EXPECT_TRUE(registry.find(text::concat("p", t, ":m", i)));
        }
      });
    }
  }
  EXPECT_EQ(registry.list().size(), static_cast<std::size_t>(kThreads * kNames));
}

}  // namespace
}  // namespace hezar
