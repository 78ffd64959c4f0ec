#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include <config/test_data.hpp>
#include <hezar/config/yaml.hpp>

namespace hezar {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

/// Random values that lean to what is hard to quote.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  object mapping(int depth) {
    object out;
    for (std::size_t i = below(6); i-- > 0;) out[text()] = any(depth);
    return out;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }

  value any(int depth) {
    switch (below(depth > 0 ? 8 : 6)) {
      case 0:
        return nullptr;
      case 1:
        return below(2) == 0;
      case 2:
        return static_cast<std::int64_t>(wide() >> below(64));
      case 3:
        return number();
      case 4:
      case 5:
        return value(boost::json::string(text()));
      case 6:
        return mapping(depth - 1);
      default: {
        array out;
        for (std::size_t i = below(4); i-- > 0;) out.push_back(any(depth - 1));
        return out;
      }
    }
  }

  std::uint64_t wide() { return (std::uint64_t{random_()} << 32U) | random_(); }

  double number() {
    const std::uint64_t bits = wide();
    double out = 0;
    std::memcpy(&out, &bits, sizeof(out));
    return std::isfinite(out) && below(2) == 0 ? out : static_cast<double>(below(2000)) / 100 - 10;
  }

  std::string text() {
    static constexpr std::array<std::string_view, 64> kParts = {
        "",       " ",      "  ",     "\n",   "\n\n",       "\t",   "\r",     ":",
        ": ",     " #",     "#",      "- ",   "-",          "?",    "'",      "''",
        "\"",     "\\",     "[",      "]",    "{",          "}",    ",",      "&",
        "*",      "!",      "|",      ">",    "%",          "@",    "`",      "~",
        "=",      "<<",     "---",    "...",  "yes",        "no",   "true",   "null",
        "0",      "12",     "1e5",    ".5",   ":30",        "_",    "0x1F",   "nan",
        ".inf",   "سلام",   "\u200c", "۱۲",   "😀",         "é",    "\u0085", "\u00a0",
        "\u2028", "\ufeff", "\x01",   "\x7f", "2020-01-01", "word", "n",      "\uffff"};
    std::string out;
    for (std::size_t i = below(5); i-- > 0;) out += kParts[below(kParts.size())];
    if (below(50) == 0) out += std::string(200, 'x');
    return out;
  }

  std::mt19937 random_;
};

TEST(YamlPropertyTest, ReadsBackWhatItWrites) {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    const object wanted = Generator(seed).mapping(4);
    const std::string text = yaml::write(wanted);
    value got;
    try {
      got = yaml::parse(text, "written");
    } catch (const Error& e) {
      FAIL() << "seed " << seed << ": " << e.what() << "\n" << text;
    }
    ASSERT_EQ(json::write(got), json::write(wanted)) << "seed " << seed << "\n" << text;
    ASSERT_EQ(got, value(wanted)) << "seed " << seed;
  }
}

TEST(YamlPropertyTest, ReadsBackJsonThatItWrites) {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    const object wanted = Generator(seed).mapping(4);
    for (const int indent : {0, 2}) {
      ASSERT_EQ(json::parse(json::write(wanted, indent), "written"), value(wanted))
          << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace hezar
