#include <hezar/text_normalizer/persian_text_normalizer.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/config/described.hpp>
#include <hezar/registry/runtime.hpp>

#include <no_plugins.hpp>

namespace hezar {
namespace {

using testing::IsEmpty;

class PersianStepsTest : public testing::Test {
 protected:
  [[nodiscard]] PersianTextNormalizer make(const boost::json::object& values) {
    return {read_config<TextNormalizerConfig>({values, {}, "normalizer_config.yaml"}),
            BuildContext{runtime_}};
  }
  [[nodiscard]] std::string normalized(const std::string& text, const boost::json::object& values) {
    return make(values).normalize({text}, {}).at(0);
  }

  Runtime runtime_{test::no_plugins()};
};

Strings strings(const boost::json::value& list) {
  Strings out;
  for (const boost::json::value& item : list.as_array()) out.emplace_back(item.as_string());
  return out;
}

TEST_F(PersianStepsTest, GiveWhatHazmGives) {
  std::ifstream file(HEZAR_TEST_DATA "/text/persian.json");
  const boost::json::value data =
      boost::json::parse(std::string{std::istreambuf_iterator<char>(file), {}});
  const Strings inputs = strings(data.at("inputs"));
  for (const boost::json::value& item : data.at("cases").as_array()) {
    const auto outputs = make(item.at("config").as_object()).normalize(inputs, {});
    const Strings expected = strings(item.at("outputs"));
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      EXPECT_EQ(outputs[i], expected[i])
          << '"' << inputs[i] << "\" with " << boost::json::serialize(item.at("config"));
    }
  }
}

TEST_F(PersianStepsTest, AreOffUnlessAskedFor) {
  const std::string text = "كتاب ها  12 \"a\" می رود سلاممم";
  EXPECT_EQ(normalized(text, {}), text);
  EXPECT_EQ(normalized(text, {{"persian", false}}), text);
}

TEST_F(PersianStepsTest, FollowTheWiderSwitchUnlessSet) {
  EXPECT_EQ(normalized("كتاب 12", {{"persian", true}, {"persian_numbers", false}}), "کتاب 12");
  EXPECT_EQ(normalized("می رود .", {{"correct_spacing", true}, {"affix_spacing", false}}),
            "می رود.");
  EXPECT_EQ(normalized("دنیـــا", {{"persian", true}, {"remove_kashida", false}}), "دنیـــا");
}

TEST_F(PersianStepsTest, LetTheCallOverrideTheConfig) {
  const auto normalizer = make({{"persian", true}});
  EXPECT_EQ(normalizer.normalize({"12"}, {{"persian_numbers", false}}), Strings{"12"});
  EXPECT_EQ(make({}).normalize({"12"}, {{"persian_numbers", true}}), Strings{"۱۲"});
}

TEST_F(PersianStepsTest, KeepAddressesAndNumbersWhole) {
  const boost::json::object persian = {{"persian", true}};
  for (const std::string whole : {"http://www.digikala.com/a?b=1", "ali.rezaei@example.com",
                                  "@hezar_ai", "فایل setup.py خوب"}) {
    EXPECT_EQ(normalized(whole, persian), whole);
  }
  EXPECT_EQ(normalized("قیمت 10.5 و 1,000 و 3/4", persian), "قیمت ۱۰٫۵ و ۱,۰۰۰ و ۳/۴");
  EXPECT_EQ(normalized("نسخه 1.2.3است", persian), "نسخه ۱.۲.۳ است");
  EXPECT_EQ(normalized("سایت (example.ir).خوب", persian), "سایت (example.ir). خوب");
}

TEST_F(PersianStepsTest, KeepHamzaInPresentationForms) {
  EXPECT_EQ(normalized("ﺁﺏ ﻣﺴﺆﻭﻝ", {{"unify_characters", true}, {"nfkd", false}, {"nfkc", false}}),
            "آب مسؤول");
}

TEST_F(PersianStepsTest, ChangeOnlyTheWordInQuestion) {
  const boost::json::object steps = {{"decrease_repeated_chars", true}, {"seperate_mi", true}};
  EXPECT_EQ(normalized("سلاممم سلامممت", steps), "سلام سلامت");
  EXPECT_EQ(normalized("میرود کامیرود", steps), "می‌رود کامیرود");
}

TEST_F(PersianStepsTest, LeaveATextAloneThatIsAlreadyNormal) {
  const boost::json::object persian = {{"persian", true}};
  for (const std::string text :
       {"کتاب‌های خوب را می‌خوانم؛ «سلام» (۱۲ متر).", "", "\n",
        "a\nb"}) {
    EXPECT_EQ(normalized(text, persian), text);
  }
}

TEST_F(PersianStepsTest, TakeTextsWithTheCharactersTheyUseInside) {
  const std::string odd = "\xF4\x8F\xBF\xBE 10.5 \xF4\x8F\xBF\xBF";  // U+10FFFE and U+10FFFF
  EXPECT_THAT(normalized(odd, {{"persian", true}}), testing::Not(IsEmpty()));
}

TEST_F(PersianStepsTest, AreAllDocumented) {
  EXPECT_THAT(undocumented_fields<TextNormalizerConfig>(), IsEmpty());
  EXPECT_THAT(undocumented_fields<TextNormalizerOptions>(), IsEmpty());
}

TEST_F(PersianStepsTest, WorkFromSeveralThreads) {
  const auto normalizer = make({{"persian", true}});
  const Strings texts(200, "نمیدانم كتاب ها را می خوانم سلاممم 10.5");
  std::vector<Strings> results(4);
  std::vector<std::thread> threads;
  for (Strings& result : results) {
    threads.emplace_back([&] { result = normalizer.normalize(texts, {}); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(results, testing::Each(results[0]));
}

}  // namespace
}  // namespace hezar
