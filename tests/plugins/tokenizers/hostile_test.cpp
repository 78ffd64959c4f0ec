#include <random>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/error/error.hpp>
#include <hezar/log/log.hpp>

#include <error_of.hpp>
#include <plugins/tokenizers/golden.hpp>

namespace hezar::tokenizers {
namespace {

using test::error_of;
using testing::HasSubstr;

TokenizerInput text_input(std::string_view text) {
  TokenizerInput out;
  out.text = text;
  return out;
}

TEST(TokenizerBadInputTest, NamesInputAndByteOfInvalidUtf8) {
  const Engine engine = golden::engine("hublike");
  const std::vector<TokenizerInput> rows = {text_input("fine"), text_input("abc\xd8")};
  EXPECT_THAT(error_of([&] { (void)engine.encode_batch(rows, {}); }),
              HasSubstr("input 1: expected UTF-8 text, got byte 0xd8 at byte 3"));
  TokenizerInput pair = text_input("fine");
  pair.pair = "\xff";
  EXPECT_THAT(error_of([&] { (void)engine.encode_batch({&pair, 1}, {}); }),
              HasSubstr("input 0, pair: expected UTF-8 text, got byte 0xff at byte 0"));
  const std::vector<std::string> words = {"ok", "a\xc0"};
  TokenizerInput split;
  split.is_split = true;
  split.words = words;
  EXPECT_THAT(error_of([&] { (void)engine.encode_batch({&split, 1}, {}); }),
              HasSubstr("input 0, word 1: expected UTF-8 text, got byte 0xc0 at byte 1"));
}

TEST(TokenizerBadInputTest, GivesNoRowsForNoInputs) {
  EXPECT_TRUE(golden::engine("hublike").encode_batch({}, golden::everything()).empty());
}

TEST(TokenizerBadInputTest, NamesTheLengthThatCannotBeKept) {
  const Engine engine = golden::engine("hublike");
  EngineOptions options;
  options.truncation = TruncationParams{1};
  EXPECT_THAT(error_of([&] { (void)engine.encode("سلام دنیا", options); }),
              HasSubstr("max_length: expected at least the 2 special tokens of a row, got 1"));
  options.truncation = TruncationParams{5, 3};
  EXPECT_THAT(error_of([&] { (void)engine.encode("سلام دنیا", options); }),
              HasSubstr("stride: expected less than the 3 tokens that a row has"));
  options.truncation = TruncationParams{5, 0, Truncation::kOnlySecond};
  EXPECT_THAT(error_of([&] { (void)engine.encode("سلام دنیا", options); }),
              HasSubstr("truncation only_second: expected a second sequence, got one sequence"));
  options.truncation = TruncationParams{-5};
  EXPECT_THAT(error_of([&] { (void)engine.encode("x", options); }),
              HasSubstr("max_length: expected an integer >= 0, got -5"));
  options.truncation.reset();
  options.padding = PaddingParams{1'000'000'000'000};
  EXPECT_THAT(error_of([&] { (void)engine.encode("x", options); }),
              HasSubstr("padding: expected rows of at most 67108864 tokens"));
}

TEST(TokenizerBadInputTest, BoundsOverflowOfTwoLongSequences) {
  const Engine engine = golden::engine("hublike");
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "the ";
  TokenizerInput pair = text_input(text);
  pair.pair = text;
  EngineOptions options;
  options.truncation = TruncationParams{7};
  options.return_overflowing = true;
  EXPECT_THAT(error_of([&] { (void)engine.encode_batch({&pair, 1}, options); }),
              HasSubstr("overflowing rows: expected at most"));
  options.return_overflowing = false;
  EXPECT_EQ(engine.encode_batch({&pair, 1}, options).front().ids.size(), 7U);
}

/// A megabyte must cost what a megabyte of lines costs: what is quadratic does not end before the
/// time that ctest gives a test.
TEST(TokenizerBadInputTest, TakesLongLinesAndLongWordsInLinearTime) {
  std::string marks = "a";
  while (marks.size() < 1'000'000) marks += "\u0301\u0323";
  std::string words;
  while (words.size() < 1'000'000)
    words += "می‌خواهد خانه‌ای بزرگ‌تر! [MASK] ";
  const std::string texts[] = {words,
                               std::string(1'000'000, 'a'),
                               std::string(1'000'000, ' '),
                               std::string(1'000'000, '['),
                               std::string(1'000'000, '\0'),
                               marks};
  for (const char* name : {"hublike", "uncased", "nfkc", "flags", "bytes", "bytes_o200k",
                           "bytes_mapped", "marks_first", "marks_fallback"}) {
    const Engine engine = golden::engine(name);
    for (const std::string& text : texts) {
      const Encoding row = engine.encode(text, golden::everything());
      EXPECT_EQ(row.ids.size(), row.offsets.size()) << name << " on " << text.substr(0, 4);
    }
  }
}

TEST(TokenizerThreadsTest, EncodesOneObjectFromSeveralThreads) {
  const Engine engine = golden::engine("nfkc");
  const std::vector<std::string> texts = golden::strings(golden::cases().at("random"));
  const auto encode_all = [&] {
    std::vector<std::string> out;
    for (const std::string& text : texts) {
      out.push_back(golden::row_text(engine.encode(text, golden::everything())));
    }
    return golden::crc(out);
  };
  const std::uint32_t expected = encode_all();
  std::vector<std::uint32_t> results(4);
  std::vector<std::thread> threads;
  for (std::uint32_t& result : results) threads.emplace_back([&] { result = encode_all(); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(results, testing::Each(expected));
}

TEST(TokenizerThreadsTest, SharesABatchBetweenThreads) {
  const Engine engine = golden::engine("bytes_prefix");
  const std::vector<std::string> texts = golden::strings(golden::cases().at("random"));
  std::vector<TokenizerInput> inputs;
  for (const std::string& text : texts) inputs.push_back(text_input(text));
  EngineOptions options = golden::everything();
  const std::vector<Encoding> expected = engine.encode_batch(inputs, options);
  for (const int threads : {0, 2, 5}) {
    options.threads = threads;
    const std::vector<Encoding> rows = engine.encode_batch(inputs, options);
    ASSERT_EQ(rows.size(), expected.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      ASSERT_EQ(golden::row_text(rows[i]), golden::row_text(expected[i])) << texts[i];
    }
  }
}

TEST(TokenizerThreadsTest, NamesTheFirstInputThatIsInvalid) {
  const Engine engine = golden::engine("bytes");
  std::vector<TokenizerInput> inputs(3000, text_input("fine"));
  inputs[2999].text = inputs[1700].text = inputs[1234].text = "bad \xff";
  EngineOptions options;
  options.threads = 4;
  EXPECT_THAT(error_of([&] { (void)engine.encode_batch(inputs, options); }),
              HasSubstr("input 1234: expected UTF-8 text, got byte 0xff at byte 4"));
  options.threads = -1;
  EXPECT_THAT(error_of([&] { (void)engine.encode_batch(inputs, options); }),
              HasSubstr("threads: expected an integer >= 0, got -1"));
}

std::string mutated(std::string text, std::mt19937& random, const std::string& other) {
  for (unsigned edits = 1 + random() % 4; edits > 0 && !text.empty(); --edits) {
    const std::size_t at = random() % text.size();
    switch (random() % 5) {
      case 0:
        text[at] = static_cast<char>(random());
        break;
      case 1:
        text.erase(at, random() % 20);
        break;
      case 2:
        text.insert(at, other.substr(random() % other.size(), random() % 30));
        break;
      case 3:
        text.insert(at, text.substr(at, random() % 40));
        break;
      default:
        text[at] = "0123456789{}[]\",:-.eE tfn"[random() % 25];
        break;
    }
  }
  return text;
}

/// Whatever a file holds, it is refused with an Error or works.
TEST(TokenizerFuzzTest, ReaderRefusesOrWorks) {
  log::set_level(log::Level::kError);  // ids that contradict each other are told of
  std::mt19937 random(20240);          // NOLINT: the same changes in every run
  std::vector<std::string> seeds;
  for (const auto& member : golden::cases().at("variants").as_object()) {
    boost::json::object json = golden::variant(member.key());
    boost::json::object small;
    boost::json::object& model = json["model"].as_object();
    for (const auto& [token, id] : model["vocab"].as_object()) {
      if (small.size() < 12) small[token] = id;
    }
    if (auto* merges = model.contains("merges") ? model["merges"].if_array() : nullptr) {
      merges->resize(3);
      for (const boost::json::value& merge : *merges) {
        const std::string left(merge.at(0).as_string());
        const std::string right(merge.at(1).as_string());
        for (const std::string& token : {left, right, left + right}) {
          small[token] = model["vocab"].at(token);
        }
      }
    }
    model["vocab"] = small;
    seeds.push_back(boost::json::serialize(json));
  }
  int loaded = 0;
  int refused = 0;
  for (int i = 0; i < 50000; ++i) {
    const std::string& seed = seeds[random() % seeds.size()];
    const std::string text = mutated(seed, random, seeds[random() % seeds.size()]);
    try {
      const Engine engine = Engine::parse(text, "fuzz");
      ++loaded;
      const Encoding row = engine.encode("[CLS] سلام the É foo 12! ", golden::everything());
      (void)engine.decode(row.ids, false);
      (void)Engine::from_json(engine.to_json(), "again");
    } catch (const Error&) {
      ++refused;
    }
  }
  EXPECT_GT(loaded, 100);
  EXPECT_GT(refused, 100);
}

TEST(TokenizerFuzzTest, EncodesWhatever) {
  std::mt19937 random(77);  // NOLINT: the same changes in every run
  const std::vector<std::string> texts = golden::strings(golden::cases().at("random"));
  std::vector<Engine> engines;
  for (const char* name : {"hublike", "uncased", "nfkd", "flags", "bytes_added", "bytes_mapped",
                           "marks_first", "marks_fallback"}) {
    engines.push_back(golden::engine(name));
  }
  int encoded = 0;
  for (int i = 0; i < 100000; ++i) {
    const std::string& other = texts[random() % texts.size()];
    const std::string text =
        mutated(texts[random() % texts.size()], random, other.empty() ? "x" : other);
    try {
      const Encoding row = engines[random() % engines.size()].encode(text, golden::everything());
      ASSERT_EQ(row.tokens.size(), row.ids.size());
      ++encoded;
    } catch (const Error& error) {
      ASSERT_THAT(error.what(), HasSubstr("UTF-8"));
    }
  }
  EXPECT_GT(encoded, 1000);
}

}  // namespace
}  // namespace hezar::tokenizers
