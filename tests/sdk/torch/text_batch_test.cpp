#include <hezar/torch/text_batch.hpp>

#include <memory>

#include <gmock/gmock.h>

#include <hezar/log/log.hpp>
#include <sdk/torch/expect_error.hpp>
#include <sdk/torch/number_tokenizer.hpp>

namespace hezar::torch {
namespace {

using test::error_of;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Preprocessors with_tokenizer() {
  Preprocessors preprocessors;
  preprocessors.add(std::make_shared<test::DigitNormalizer>());
  preprocessors.add(std::make_shared<test::NumberTokenizer>());
  return preprocessors;
}

TextInputOptions options(bool normalize = true) {
  return {"tiny", 4, 7, normalize};
}

std::vector<std::int64_t> values(const Inputs& inputs, std::string_view name) {
  const auto span = inputs.tensor(name).values<std::int64_t>();
  return {span.begin(), span.end()};
}

TEST(TextBatchTest, PadsToTheLongestRow) {
  const Inputs out = tokenize_batch(with_tokenizer(), {{"inputs", Strings{"5", "6 8"}}}, options());
  EXPECT_EQ(out.names(), (std::vector<std::string>{"token_ids", "attention_mask"}));
  EXPECT_THAT(values(out, "token_ids"), ElementsAre(2, 5, 3, 7, 2, 6, 8, 3));
  EXPECT_THAT(values(out, "attention_mask"), ElementsAre(1, 1, 1, 0, 1, 1, 1, 1));
}

TEST(TextBatchTest, NormalizesOnlyWhereTheModelWantsIt) {
  const Inputs raw{{"inputs", Strings{"1x"}}};
  EXPECT_THAT(values(tokenize_batch(with_tokenizer(), raw, options()), "token_ids"),
              ElementsAre(2, 19, 3));
  EXPECT_THAT(values(tokenize_batch(with_tokenizer(), raw, options(false)), "token_ids"),
              ElementsAre(2, 1, 3));
}

TEST(TextBatchTest, CutsLongTextsAndSaysSoOncePerCall) {
  const Inputs raw{{"inputs", Strings{"5 6 8 9", "5 6 8 9 10"}}};
  ::testing::internal::CaptureStderr();
  {
    const log::OnceScope once;
    for (int batch = 0; batch < 2; ++batch) {
      EXPECT_THAT(values(tokenize_batch(with_tokenizer(), raw, options()), "token_ids"),
                  ElementsAre(2, 5, 6, 3, 2, 5, 6, 3));
    }
  }
  const std::string said = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(said, HasSubstr("tiny: texts of more than 4 tokens are cut off"));
  EXPECT_EQ(said.find("tiny"), said.rfind("tiny")) << said;
}

TEST(TextBatchTest, GivesTokenTypesForPairs) {
  const Inputs raw{{"inputs", Strings{"5", "6"}}, {"pairs", Strings{"8", "9"}}};
  TextInputOptions long_enough = options();
  long_enough.max_tokens = 10;
  const Inputs out = tokenize_batch(with_tokenizer(), raw, long_enough);
  EXPECT_THAT(values(out, "token_type_ids"), ElementsAre(0, 0, 0, 1, 1, 0, 0, 0, 1, 1));
}

TEST(TextBatchTest, SaysWhatIsMissingWithoutATokenizer) {
  Preprocessors none;
  const Inputs raw{{"inputs", Strings{"5"}}};
  EXPECT_THAT(
      error_of([&] { static_cast<void>(tokenize_batch(none, raw, options())); }),
      AllOf(HasSubstr("tiny: expected a tokenizer among its preprocessors, got none."),
            HasSubstr("tokenizer_config.yaml and tokenizer.json"), HasSubstr("plugin tokenizers")));
}

TEST(TextBatchTest, RefusesInputsThatAreNoTexts) {
  const auto tokenize = [](Inputs raw) {
    return error_of([&] { static_cast<void>(tokenize_batch(with_tokenizer(), raw, options())); });
  };
  EXPECT_THAT(tokenize({{"inputs", Integers{5}}}), HasSubstr("tiny: inputs: expected texts, got"));
  EXPECT_THAT(tokenize({{"texts", Strings{"5"}}}), HasSubstr("inputs"));
  EXPECT_THAT(tokenize({{"inputs", Strings{"5", ""}}}),
              HasSubstr("tiny: input 1: expected a text with at least one token, got none"));
  EXPECT_THAT(tokenize({{"inputs", Strings{"5"}}, {"pairs", Strings{}}}),
              HasSubstr("tiny: pairs: expected 1, one per input, got 0"));
}

TEST(TextBatchTest, PadsRowsOfIds) {
  const Inputs out = pad_rows({{"token_ids", std::vector<Integers>{{5, 6}, {8}}}}, 7);
  EXPECT_THAT(values(out, "token_ids"), ElementsAre(5, 6, 8, 7));
  EXPECT_THAT(values(out, "attention_mask"), ElementsAre(1, 1, 1, 0));
  EXPECT_THAT(error_of([] {
                static_cast<void>(pad_rows({{"token_ids", std::vector<Integers>{{5}}},
                                            {"attention_mask", std::vector<Integers>{{1, 1}}}},
                                           7));
              }),
              HasSubstr("attention_mask: expected rows as long as those of token_ids"));
}

}  // namespace
}  // namespace hezar::torch
