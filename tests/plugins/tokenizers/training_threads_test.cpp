// Learning gives the same whatever the threads; under ThreadSanitizer too.

#include <string>

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <hezar/tokenizers/training.hpp>

#include <plugins/tokenizers/training_data.hpp>

namespace hezar::tokenizers {
namespace {

TEST(TrainingThreadsTest, GivesTheSameForAnyNumberOfThreads) {
  std::vector<std::string> texts;  // enough for several threads to get some
  for (int repeat = 0; repeat < 40; ++repeat) {
    for (const std::string& line : training_data::lines()) texts.push_back(line);
  }
  for (const auto& [name, expected] : training_data::expected().at("counted").as_object()) {
    SCOPED_TRACE(std::string(name));
    TrainingOptions options = training_data::options(expected.at("options").as_object());
    const boost::json::object tokenizer = expected.at("tokenizer").as_object();
    const boost::json::object one = train(tokenizer, texts_of(texts), options);
    for (const int threads : {2, 5}) {
      options.threads = threads;
      EXPECT_EQ(train(tokenizer, texts_of(texts), options), one);
    }
  }
}

}  // namespace
}  // namespace hezar::tokenizers
