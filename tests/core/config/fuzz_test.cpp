#include <chrono>
#include <exception>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <config/test_data.hpp>
#include <hezar/config/yaml.hpp>

namespace hezar {
namespace {

/// Texts that reach most of a reader's branches, to be damaged.
const std::vector<std::string>& yaml_seeds() {
  static const std::vector<std::string> seeds = [] {
    std::vector<std::string> out;
    const boost::json::value read = test::data("yaml_scalars.json");
    for (const auto& entry : read.at("documents").get_array()) {
      out.emplace_back(entry.at("yaml").get_string());
    }
    const boost::json::value written = test::data("yaml_written.json");
    for (const auto& entry : written.get_array()) {
      out.emplace_back(entry.at("yaml").get_string());
    }
    out.emplace_back("%TAG ! tag:x,2000:\n--- !a\nx: &a !!str 'y'\n? [b]\n: *a\n...\n");
    out.emplace_back("a: &x {<<: {b: 1}, c: |2-\n    text\n  }\n");
    return out;
  }();
  return seeds;
}

const std::vector<std::string>& json_seeds() {
  static const std::vector<std::string> seeds = {
      R"({"a": [1, -2.5e-3, true, false, null, "x\u0627\ud83d\ude00\n\\"], "b": {"c": {}, "d": []}})",
      R"([[[[1]]], {"سلام": "دنیا"}, 18446744073709551615, -9223372036854775808, 1e400])",
      "\xEF\xBB\xBF{\"a\":0.1,\"b\":12345678901234567890123}",
      R"("text")",
      "12",
      R"({"a":1,"a":2})"};
  return seeds;
}

std::string mutated(const std::vector<std::string>& seeds, std::mt19937& random) {
  static constexpr std::string_view kInteresting =
      "[]{},:?-&*!|>'\"%@`#~<= \n\t\r\\0\x01\xff\x80\xd8";
  std::string text = seeds[random() % seeds.size()];
  for (std::size_t edits = 1 + random() % 6; edits-- > 0;) {
    const std::size_t at = text.empty() ? 0 : random() % text.size();
    switch (random() % 7) {
      case 0:
        text.insert(at, 1, kInteresting[random() % kInteresting.size()]);
        break;
      case 1:
        if (!text.empty()) text[at] = kInteresting[random() % kInteresting.size()];
        break;
      case 2:
        text.erase(at, 1 + random() % 4);
        break;
      case 3:
        text.resize(at);
        break;
      case 4:
        text.insert(at, text.substr(at, 1 + random() % 8));
        break;
      case 5:
        text.insert(at, 1 + random() % 100, kInteresting[random() % kInteresting.size()]);
        break;
      default: {
        const std::string& other = seeds[random() % seeds.size()];
        text.insert(at, other.substr(0, random() % (other.size() + 1)));
      }
    }
  }
  return text;
}

/// Feeds damaged texts to `read` for a while; only hezar::Error may come out.
void fuzz(const std::vector<std::string>& seeds,
          const std::function<boost::json::value(std::string_view)>& read) {
  std::mt19937 random(20240501);
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(1000);
  std::size_t accepted = 0;
  std::size_t refused = 0;
  for (std::size_t round = 0; round < 30'000 && std::chrono::steady_clock::now() < end; ++round) {
    const std::string text = mutated(seeds, random);
    try {
      static_cast<void>(read(text));
      ++accepted;
    } catch (const Error& e) {
      ASSERT_NE(std::string_view(e.what()), "");
      ++refused;
    } catch (const std::exception& e) {
      FAIL() << "round " << round << ": " << e.what() << "\n" << text;
    }
  }
  EXPECT_GT(accepted, 10U);
  EXPECT_GT(refused, 10U);
}

TEST(FuzzTest, YamlReaderThrowsNothingButError) {
  fuzz(yaml_seeds(), [](std::string_view text) { return yaml::parse(text, "fuzz"); });
}

TEST(FuzzTest, WhatYamlReaderTakesIsWrittenAndReadAgain) {
  fuzz(yaml_seeds(), [](std::string_view text) {
    boost::json::object mapping = yaml::parse_mapping(text, "fuzz");
    boost::json::value again;
    try {
      again = yaml::parse(yaml::write(mapping), "again");
    } catch (const Error& e) {
      ADD_FAILURE() << e.what() << "\n" << text;
    }
    EXPECT_EQ(json::write(again), json::write(mapping)) << text;
    return again;
  });
}

TEST(FuzzTest, JsonReaderThrowsNothingButError) {
  fuzz(json_seeds(), [](std::string_view text) { return json::parse(text, "fuzz"); });
}

}  // namespace
}  // namespace hezar
