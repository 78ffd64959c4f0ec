// For each check there is a plugin that fails it and no other.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include <hezar/testing/conformance.hpp>

namespace hezar::testing {

namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Row {
  const char* check;
  const char* message;  // a part of it
  CheckStatus status = CheckStatus::kFailed;
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.check;
}

/// "metric.best" is failed by metric_best.so, but for a few.
CheckOptions options_of(std::string_view check) {
  CheckOptions out;
  std::string file(check);
  std::replace(file.begin(), file.end(), '.', '_');
  if (check.starts_with("golden.")) out.golden = fs::path(HEZAR_TEST_GOLDEN) / file;
  if (check.starts_with("golden.")) file = "no_fault";
  out.file = fs::path(HEZAR_TEST_PLUGINS) / (file + ".so");
  if (check == "file.plugin") out.file = HEZAR_TEST_NO_PLUGIN;
  return out;
}

/// The ids of what failed or crashed.
std::set<std::string> failures(const std::vector<CheckResult>& results) {
  std::set<std::string> out;
  for (const CheckResult& result : results) {
    const bool bad =
        result.status == CheckStatus::kFailed || result.status == CheckStatus::kCrashed;
    if (bad) out.insert(result.id);
  }
  return out;
}

class FaultyPluginTest : public ::testing::TestWithParam<Row> {};

TEST_P(FaultyPluginTest, FailsExactlyItsCheck) {
  const Row& row = GetParam();
  const std::vector<CheckResult> results = run_checks(options_of(row.check));
  EXPECT_THAT(failures(results), ElementsAre(row.check));
  EXPECT_FALSE(passed(results));
  for (const CheckResult& result : results) {
    if (result.id != row.check || result.status == CheckStatus::kSuccess) continue;
    EXPECT_EQ(to_string(result.status), to_string(row.status));
    EXPECT_THAT(result.message, HasSubstr(row.message));
  }
}

constexpr Row kRows[] = {
    {"file.plugin", "has no descriptor. Use HEZAR_PLUGIN and hezar_add_plugin()"},
    {"file.dependencies", "libfaulty_companion.so, which was not found (looked in"},
    {"file.libraries", "needs libtorch_cpu.so, but its descriptor says"},
    {"file.exports", "helper_that_any_plugin_may_have"},
    {"file.unique", "shared_counter"},
    {"file.rpath", "looks for libraries in /opt/of-one-machine/lib"},
    {"file.relocations", "text relocations"},
    {"file.stack", "stack of its host executable"},
    {"file.nodelete", "-z nodelete"},
    {"file.modules", "names metric \"bad_metric\" twice"},
    {"load.open", "nobody_has_this"},
    {"load.register", "cannot register today"},
    {"load.modules", "its file says of metric bad_metric something else than it registers"},
    {"load.again", "registers metric faulty_metric otherwise when it is asked again"},
    {"load.time", "of a core to open"},
    {"load.output", "hello from a plugin"},
    {"load.threads", "starts 1 thread while it is opened"},
    {"load.environment", "changes the environment"},
    {"load.folder", "changes the current folder to /"},
    {"load.locale", "changes the locale"},
    {"load.signals", "takes over a signal"},
    {"load.descriptors", "leaves a file or socket open"},
    {"load.float_mode", "changes how this thread rounds"},
    {"module.description", "does not document the field scale"},
    {"module.defaults", "the default of scale is not valid: expected a minimum of 1, got 0"},
    {"module.build", "throws a std::exception (cannot be built)"},
    {"module.identity", "says the name \"another_metric\", expected \"faulty_metric\""},
    {"module.config", "built from its own config it has another: scale: expected"},
    {"module.extra_keys", "loses keys of its config file"},
    {"module.unknown_key", "an unknown key that a user typed is accepted"},
    {"module.wrong_type", "for scale, which is int, is accepted"},
    {"module.interface", "claims to have an ability that nobody knows"},
    {"module.save", "does not save table.txt"},
    {"model.outputs", "predictions, got"},
    {"model.determinism", "the same inputs give other predictions the second time"},
    {"model.batch", "gives another prediction alone than among others"},
    {"model.bad_input", "an empty text throws a std::exception (no character)"},
    {"model.options", "an unknown option of predict is accepted"},
    {"model.weights", "the weight score has other values"},
    {"preprocessor.determinism", "the same inputs give another result the second time"},
    {"preprocessor.batch", "gives another result alone than among others"},
    {"preprocessor.bad_text", "a text that is no UTF-8 is accepted"},
    {"preprocessor.options", "an unknown option of process is accepted"},
    {"preprocessor.save", "loaded from the folder that it saved it gives other results"},
    {"tokenizer.rows", "has a list word_ids of another length"},
    {"tokenizer.offsets", "lie outside a text of"},
    {"tokenizer.vocabulary", "but not that id of the token"},
    {"tokenizer.special_tokens", "says the id 1 of its special token \"<pad>\" (pad), which has 0"},
    {"tokenizer.padding", "ones in its attention_mask once it is padded"},
    {"tokenizer.truncation", "truncated to 4 tokens"},
    {"tokenizer.decode", "decodes ids that it does not have to \"??\""},
    {"dataset.rows", "is another when it is asked for out of order"},
    {"dataset.range", "the row -1 of 5 is accepted"},
    {"dataset.collator", "its collator makes 2 of 3 rows"},
    {"metric.determinism", "the same inputs give other figures the second time"},
    {"metric.permutation", "the same pairs in another order give other figures"},
    {"metric.best", "says that less is better"},
    {"metric.lengths", "a prediction without a reference is accepted"},
    {"metric.bad_input", "no pair at all throws a std::exception (no pair)"},
    {"embedding.words", "says that word 0 is"},
    {"embedding.similar", "similar to itself"},
    {"embedding.unknown_word", "throws a std::exception (unknown)"},
    {"embedding.save", "loaded from the folder that it saved it has other vectors"},
    {"trainer.parts", "configure() without a model is accepted"},
    {"trainer.order", "", CheckStatus::kCrashed},
    {"trainer.foreign_model", "throws a std::exception (not one of mine)"},
    {"golden.file", "wrong_key.json: expected config, path, inputs"},
    {"golden.values", "share: expected 25.0, got 20.0"},
};

INSTANTIATE_TEST_SUITE_P(All, FaultyPluginTest, ::testing::ValuesIn(kRows), [](const auto& row) {
  std::string name;
  bool upper = true;
  for (const char c : std::string(row.param.check)) {
    const bool is_letter = c >= 'a' && c <= 'z';
    if (is_letter) name += upper ? static_cast<char>(c - 'a' + 'A') : c;
    upper = !is_letter;
  }
  return name;
});

// What each line of file.host says is tested with the descriptors of other builds.
TEST(ConformanceTest, HasAFaultyPluginForEachCheck) {
  std::set<std::string> tested = {"file.host"};
  for (const Row& row : kRows) tested.insert(row.check);
  for (const CheckDescription& check : list_checks()) {
    EXPECT_TRUE(tested.contains(std::string(check.id))) << check.id;
  }
}

}  // namespace

}  // namespace hezar::testing
