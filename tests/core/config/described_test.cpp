#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <config/sample_configs.hpp>
#include <config/test_data.hpp>
#include <hezar/config/described.hpp>
#include <hezar/config/yaml.hpp>

namespace hezar {
namespace {

using test::SampleConfig;
using testing::ElementsAre;
using testing::HasSubstr;

boost::json::object object(std::string_view text) {
  return json::parse(text, "test").get_object();
}

SampleConfig read(std::string_view file, std::string_view overrides = "{}") {
  return read_config<SampleConfig>(
      {object(file), object(overrides), std::string("model_config.yaml")});
}

std::string error_for(std::string_view file, std::string_view overrides = "{}") {
  return test::error_of([&] { static_cast<void>(read(file, overrides)); });
}

TEST(DescribedTest, PutsOverridesBeforeTheFileAndTheFileBeforeDefaults) {
  const SampleConfig config =
      read(R"({"num_labels": 2, "heads": 8, "vocab_size": 7})", R"({"heads": 16})");
  EXPECT_EQ(config.num_labels, 2);
  EXPECT_EQ(config.vocab_size, 7);
  EXPECT_EQ(config.heads, 16);
  EXPECT_EQ(config.hidden_act, "gelu");
}

TEST(DescribedTest, TakesRequiredFieldsFromOverrides) {
  EXPECT_EQ(read("{}", R"({"num_labels": 3})").num_labels, 3);
  EXPECT_EQ(error_for("{}"),
            "model_config.yaml: num_labels: expected a value, for it has no default, got none. See "
            "hezar info sample");
}

TEST(DescribedTest, ReadsEveryKindOfField) {
  const SampleConfig config = read(R"({
    "num_labels": 2, "id2label": {"0": "no", "1": "yes"}, "loss": "cross_entropy", "side": "left",
    "use_cache": false, "rate": 1, "heads": 2, "level": 255, "skip": ["a", "b"], "mean": [0, 1.5],
    "size": [5, 6], "max_size": 0.5, "padding": "longest", "encoder": {"hidden_size": 9},
    "extra_encoder": {"dropout": 0}, "stages": [{}, {"activation": "relu"}],
    "decoder": {"name": "sample_decoder", "n_layer": 5, "other": [1]},
    "generation": {"x": null}, "weights": {"a": 1}, "anything": [1, "x"], "layer_norm_eps": 0})");
  EXPECT_EQ(config.id2label, (std::map<std::int64_t, std::string>{{0, "no"}, {1, "yes"}}));
  EXPECT_EQ(config.loss, test::Loss::kCrossEntropy);
  EXPECT_EQ(config.side, test::Side::left);
  EXPECT_FALSE(config.use_cache);
  EXPECT_EQ(config.rate, 1.0F);
  EXPECT_EQ(config.level, 255);
  EXPECT_THAT(config.skip, ElementsAre("a", "b"));
  EXPECT_THAT(config.mean, ElementsAre(0.0, 1.5));
  EXPECT_THAT(config.size, ElementsAre(5, 6));
  EXPECT_EQ(std::get<double>(config.max_size), 0.5);
  EXPECT_EQ(std::get<std::string>(config.padding), "longest");
  EXPECT_EQ(config.encoder.hidden_size, 9);
  EXPECT_EQ(config.encoder.dropout, 0.1);
  ASSERT_TRUE(config.extra_encoder.has_value());
  EXPECT_EQ(config.extra_encoder->hidden_size, 8);
  ASSERT_EQ(config.stages.size(), 2U);
  EXPECT_EQ(config.stages[1].activation, "relu");
  EXPECT_EQ(config.decoder.n_layer, 5);
  EXPECT_EQ(json::write(config.decoder.extra), R"({"other": [1]})");
  EXPECT_EQ(json::write(config.generation), R"({"x": null})");
  EXPECT_EQ(config.weights.at("a"), 1.0);
  EXPECT_EQ(json::write(config.anything), R"([1, "x"])");
  EXPECT_EQ(config.layer_norm_eps, 0.0);
}

TEST(DescribedTest, KeepsAnIntegerAnIntegerInAVariant) {
  EXPECT_EQ(std::get<std::int64_t>(read(R"({"num_labels": 2, "max_size": 5})").max_size), 5);
  EXPECT_EQ(std::get<double>(read(R"({"num_labels": 2, "max_size": 5.0})").max_size), 5.0);
}

struct BadValue {
  std::string_view name;
  std::string_view fields;  // beside num_labels
  std::string_view message;
};

class DescribedRefusalTest : public testing::TestWithParam<BadValue> {};

TEST_P(DescribedRefusalTest, NamesOriginPathExpectedAndGot) {
  const std::string file = R"({"num_labels": 2, )" + std::string(GetParam().fields) + "}";
  const std::string wanted =
      "model_config.yaml: " + std::string(GetParam().message) + " See hezar info sample";
  EXPECT_EQ(error_for(file), wanted);
  // A user's override is told in the same words.
  EXPECT_EQ(error_for(R"({"num_labels": 2})", "{" + std::string(GetParam().fields) + "}"), wanted);
}

INSTANTIATE_TEST_SUITE_P(
    Described, DescribedRefusalTest,
    testing::Values(
        BadValue{"StringForInteger", R"("vocab_size": "large")",
                 "vocab_size: expected an integer >= 1, got \"large\"."},
        BadValue{"FloatForInteger", R"("vocab_size": 2.0)",
                 "vocab_size: expected an integer >= 1, got 2.0."},
        BadValue{"BoolForInteger", R"("vocab_size": true)",
                 "vocab_size: expected an integer >= 1, got true."},
        BadValue{"NullForInteger", R"("vocab_size": null)",
                 "vocab_size: expected an integer >= 1, got null."},
        BadValue{"ListForInteger", R"("vocab_size": [1, 2])",
                 "vocab_size: expected an integer >= 1, got a list of 2."},
        BadValue{"BelowMinimum", R"("vocab_size": 0)",
                 "vocab_size: expected an integer >= 1, got 0."},
        BadValue{"BeyondInt64", R"("vocab_size": 9223372036854775808)",
                 "vocab_size: expected an integer from -9223372036854775808 to "
                 "9223372036854775807, got 9223372036854775808."},
        BadValue{"HugeDouble", R"("vocab_size": 1e300)",
                 "vocab_size: expected an integer >= 1, got 1e+300."},
        BadValue{"BeyondInt32", R"("heads": 2147483648)",
                 "heads: expected an integer from -2147483648 to 2147483647, got 2147483648."},
        BadValue{"NegativeUnsigned", R"("level": -1)",
                 "level: expected an integer from 0 to 255, got -1."},
        BadValue{"BeyondUint8", R"("level": 256)",
                 "level: expected an integer from 0 to 255, got 256."},
        BadValue{"AboveMaximum", R"("heads": 65)",
                 "heads: expected an integer from 1 to 64, got 65."},
        BadValue{"BeyondFloat", R"("rate": 1e300)",
                 "rate: expected a number of at most 3.4028234663852886e+38, got 1e+300."},
        BadValue{"StringForFloat", R"("layer_norm_eps": "1e-12x")",
                 "layer_norm_eps: expected a number, got \"1e-12x\"."},
        BadValue{"BoolForFloat", R"("layer_norm_eps": false)",
                 "layer_norm_eps: expected a number, got false."},
        BadValue{"IntegerForBool", R"("use_cache": 1)",
                 "use_cache: expected true or false, got 1."},
        BadValue{"NullForString", R"("hidden_act": null)",
                 "hidden_act: expected a string, got null."},
        BadValue{"WrongChoice", R"("hidden_act": "gelo")",
                 "hidden_act: expected one of gelu, relu, got \"gelo\". Nearest: gelu."},
        BadValue{"WrongEnum", R"("loss": "cross_entropi")",
                 "loss: expected one of l1, mse, cross_entropy, got \"cross_entropi\". Nearest: "
                 "cross_entropy."},
        BadValue{"NumberForEnum", R"("loss": 1)",
                 "loss: expected one of l1, mse, cross_entropy, got 1."},
        BadValue{"ItemOfList", R"("skip": ["a", {}])",
                 "skip[1]: expected a string, got a mapping of 0."},
        BadValue{"ItemOutOfBounds", R"("mean": [0, 256.5])",
                 "mean[1]: expected a number from 0 to 255, got 256.5."},
        BadValue{"ScalarForList", R"("skip": "a")", "skip: expected a list, got \"a\"."},
        BadValue{"LengthOfArray", R"("size": [1, 2, 3])",
                 "size: expected a list of 2, got a list of 3."},
        BadValue{"NoAlternative", R"("max_size": "half")",
                 "max_size: expected int | float, got \"half\"."},
        BadValue{"WrongChoiceInVariant", R"("padding": "short")",
                 "padding: expected one of longest, max_length, got \"short\"."},
        BadValue{"NestedStruct", R"("encoder": {"hidden_size": "x"})",
                 "encoder.hidden_size: expected an integer >= 1, got \"x\"."},
        BadValue{"NestedBounds", R"("stages": [{}, {"dropout": 1.5}])",
                 "stages[1].dropout: expected a number from 0 to 1, got 1.5."},
        BadValue{"NestedScalar", R"("encoder": 3)", "encoder: expected a mapping, got 3."},
        BadValue{"KeyThatIsNoInteger", R"("id2label": {"zero": "a"})",
                 "id2label.zero: expected an integer as key, got \"zero\"."},
        BadValue{"KeyWithLeadingZero", R"("id2label": {"1": "a", "01": "b"})",
                 "id2label.01: expected an integer as key, got \"01\"."},
        BadValue{"ValueOfMap", R"("weights": {"a": "b"})",
                 "weights.a: expected a number, got \"b\"."}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(DescribedTest, AdvisesQuotesWhereANumberStandsForAString) {
  EXPECT_EQ(
      error_for(R"({"num_labels": 1, "id2label": {"0": 12}})"),
      "model_config.yaml: id2label.0: expected a string, got 12. Write it in quotes, \"12\".");
}

TEST(DescribedTest, CutsLongValuesInErrors) {
  const std::string message = error_for(R"({"num_labels": ")" + std::string(5000, 'x') + "\"}");
  EXPECT_LT(message.size(), 250U);
}

TEST(DescribedTest, QuotesKeysThatWouldSpoilALine) {
  EXPECT_EQ(error_for(R"({"num_labels": 1, "weights": {"a\nb": "x"}})"),
            "model_config.yaml: weights.\"a\\x0ab\": expected a number, got \"x\". See hezar info "
            "sample");
}

TEST(DescribedTest, RefusesEndlessDottedKeys) {
  std::string key = "generation";
  for (int i = 0; i < 100'000; ++i) key += ".a";
  const std::string message = error_for(R"({"num_labels": 1})", "{\"" + key + "\": 1}");
  EXPECT_THAT(message, HasSubstr("model_config.yaml: expected keys of at most 64 parts, got "));
  EXPECT_LT(message.size(), 250U);
}

TEST(DescribedTest, NullPassesBoundsOfOptionalFields) {
  EXPECT_EQ(read(R"({"num_labels": 1, "encoder": {"activation": null}})").encoder.activation,
            std::nullopt);
}

TEST(DescribedTest, RefusesUnknownOverridesWithTheNearestKey) {
  EXPECT_THAT(error_for(R"({"num_labels": 1})", R"({"vocab_sise": 5})"),
              testing::StartsWith("model_config.yaml: expected a known key, got \"vocab_sise\". "
                                  "Nearest: vocab_size"));
  EXPECT_THAT(error_for(R"({"num_labels": 1})", R"({"encoder.hiden_size": 5})"),
              testing::StartsWith("model_config.yaml: encoder: expected a known key, got "
                                  "\"hiden_size\". Nearest: hidden_size"));
  EXPECT_THAT(error_for(R"({"num_labels": 1})", R"({"stages": [{"droput": 5}]})"),
              HasSubstr("got \"droput\". Nearest: dropout"));
}

TEST(DescribedTest, DottedOverridesReachIntoNestedValues) {
  const SampleConfig config = read(
      R"({"num_labels": 1, "encoder": {"hidden_size": 3, "dropout": 0.5}, "id2label": {"0": "a"}})",
      R"({"encoder.hidden_size": 7, "id2label.0": "b", "generation.num_beams": 4,
          "decoder.n_layer": 9, "extra_encoder.dropout": 0, "weights.x": 1})");
  EXPECT_EQ(config.encoder.hidden_size, 7);
  EXPECT_EQ(config.encoder.dropout, 0.5);
  EXPECT_EQ(config.id2label->at(0), "b");
  EXPECT_EQ(json::write(config.generation), R"({"num_beams": 4, "max_length": 20})");
  EXPECT_EQ(config.decoder.n_layer, 9);
  EXPECT_EQ(config.extra_encoder->dropout, 0.0);
  EXPECT_EQ(config.weights.at("x"), 1.0);
}

TEST(DescribedTest, RefusesDottedOverridesIntoScalars) {
  EXPECT_EQ(
      error_for(R"({"num_labels": 1, "encoder": 5})", R"({"encoder.hidden_size": 7})"),
      "model_config.yaml: encoder: expected a mapping to put hidden_size in, got 5. See hezar "
      "info sample");
}

TEST(DescribedTest, PlainOverridesReplaceNestedValues) {
  const SampleConfig config =
      read(R"({"num_labels": 1, "generation": {"a": 1}})", R"({"generation": {"b": 2}})");
  EXPECT_EQ(json::write(config.generation), R"({"b": 2})");
}

TEST(DescribedTest, RefusesFilesOfAnotherKindOrName) {
  EXPECT_EQ(
      error_for(R"({"name": "sample", "config_type": "preprocessor", "num_labels": 1})"),
      "model_config.yaml: config_type mismatch: expected \"model\", got \"preprocessor\". The "
      "file is of another kind.");
  EXPECT_EQ(error_for(R"({"name": "bert", "config_type": "model", "num_labels": 1})"),
            "model_config.yaml: name: expected \"sample\", got \"bert\". The file is another "
            "module's.");
  EXPECT_EQ(error_for(R"({"num_labels": 1, "decoder": {"name": "gpt2"}})"),
            "model_config.yaml: decoder.name: expected \"sample_decoder\", got \"gpt2\". The file "
            "is another module's.");
  EXPECT_THAT(error_for(R"({"name": 5, "num_labels": 1})"),
              HasSubstr("model_config.yaml: name: expected a string, got 5"));
}

TEST(DescribedTest, KeepsUnknownKeysOfFilesAndTellsThemOnce) {
  testing::internal::CaptureStderr();
  const SampleConfig config = read(
      R"({"name": "sample", "config_type": "model", "task": "x", "num_labels": 1, "hidden_dim": 3,
          "old": {"a": [null]}})");
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "Hezar (INFO): model_config.yaml: keys that it has no field for are kept as they are: "
            "hidden_dim, old\n");
  EXPECT_EQ(json::write(config.extra), R"({"hidden_dim": 3, "old": {"a": [null]}})");
  const boost::json::object written = write_config(config);
  EXPECT_EQ(json::write(written.at("old")), R"({"a": [null]})");
}

TEST(DescribedTest, WritesIdentityThenBasesThenFieldsThenExtra) {
  SampleConfig config;
  config.extra["zzz"] = 1;
  std::vector<std::string> keys;
  const boost::json::object written = write_config(config);
  for (const auto& [key, value] : written) keys.emplace_back(key);
  EXPECT_THAT(keys, ElementsAre("name", "config_type", "task", "vocab_size", "layer_norm_eps",
                                "num_labels", "id2label", "hidden_act", "loss", "side", "use_cache",
                                "rate", "heads", "level", "skip", "mean", "size", "max_size",
                                "padding", "encoder", "extra_encoder", "stages", "decoder",
                                "generation", "weights", "anything", "zzz"));
  EXPECT_EQ(written.at("name"), "sample");
  EXPECT_EQ(written.at("loss"), "mse");
  EXPECT_EQ(written.at("side"), "right");
  EXPECT_EQ(written.at("rate"), 0.1);
  EXPECT_TRUE(written.at("id2label").is_null());
  EXPECT_EQ(written.at("decoder").at("name"), "sample_decoder");
}

TEST(DescribedTest, ReadsBackWhatItWrites) {
  SampleConfig config;
  config.num_labels = 3;
  config.id2label = {{0, "a"}, {1, "b"}, {2, "۳"}};
  config.loss = test::Loss::kL1;
  config.max_size = 0.25;
  config.stages.resize(2);
  config.weights["x"] = 1e-12;
  config.extra["old"] = "kept";
  const boost::json::object written = write_config(config);
  const boost::json::object file = yaml::parse_mapping(yaml::write(written), "x");
  EXPECT_EQ(write_config(read_config<SampleConfig>({file, {}, "x"})), written);
}

TEST(DescribedTest, ChecksOptionsOfACall) {
  EXPECT_EQ(read_options<test::SampleOptions>(object(R"({"top_k": 5})"), "predict").top_k, 5);
  EXPECT_THAT(test::error_of([] {
                static_cast<void>(
                    read_options<test::SampleOptions>(object(R"({"topk": 5})"), "predict options"));
              }),
              HasSubstr("predict options: expected a known key, got \"topk\". Nearest: top_k."));
  EXPECT_EQ(test::error_of([] {
              static_cast<void>(
                  read_options<test::SampleOptions>(object(R"({"top_k": 0})"), "predict options"));
            }),
            "predict options: top_k: expected an integer >= 1, got 0");
}

TEST(DescribedTest, DescribesFieldsForInfo) {
  const boost::json::array fields = describe_fields<SampleConfig>();
  ASSERT_EQ(fields.size(), 23U);
  const auto text = [&](std::size_t i) { return json::write(fields[i]); };
  EXPECT_EQ(text(0),
            R"({"name": "vocab_size", "type": "int", "nullable": false, "required": false, )"
            R"("default": 100, "minimum": 1, "doc": "Words."})");
  EXPECT_EQ(text(2),
            R"({"name": "num_labels", "type": "int", "nullable": false, "required": true, )"
            R"("default": 0, "minimum": 1, "doc": "Classes."})");
  EXPECT_EQ(text(3), R"({"name": "id2label", "type": "map[int, str]", "nullable": true, )"
                     R"("required": false, "default": null, "doc": "Names of classes."})");
  EXPECT_EQ(text(5), R"({"name": "loss", "type": "str", "nullable": false, "required": false, )"
                     R"("default": "mse", "choices": ["l1", "mse", "cross_entropy"], )"
                     R"("doc": "Loss."})");
  EXPECT_THAT(text(13), HasSubstr(R"("type": "list[int]")"));
  EXPECT_THAT(text(14), HasSubstr(R"("type": "int | float")"));
  EXPECT_THAT(text(15), HasSubstr(R"("choices": ["longest", "max_length"])"));
  EXPECT_THAT(text(18), HasSubstr(R"("type": "list[map]")"));
}

struct Undocumented : test::SampleBase {
  static constexpr std::string_view kName = "undocumented";
  struct Inner {
    int a = 0;
    int b = 0;
    static constexpr std::array kFields = {Field("a", "Documented.")};
  };
  int plain = 0;
  int empty = 0;
  Inner inner;
  std::vector<Inner> list;
  static constexpr std::array kFields = {Field("empty", ""), Field("inner", "x"),
                                         Field("list", "x"), Field("plian", "A typing error.")};
};
BOOST_DESCRIBE_STRUCT(Undocumented::Inner, (), (a, b))
BOOST_DESCRIBE_STRUCT(Undocumented, (test::SampleBase), (plain, empty, inner, list))

TEST(DescribedTest, FindsUndocumentedFields) {
  EXPECT_THAT(undocumented_fields<SampleConfig>(), ElementsAre());
  EXPECT_THAT(undocumented_fields<test::SampleOptions>(), ElementsAre());
  EXPECT_THAT(undocumented_fields<Undocumented>(),
              ElementsAre("plain", "empty", "inner.b", "list.b", "plian (no such member)"));
}

TEST(DescribedTest, SpellsEnumeratorsInSnakeCase) {
  EXPECT_EQ(detail::enumerator_name("kCrossEntropy"), "cross_entropy");
  EXPECT_EQ(detail::enumerator_name("kL1"), "l1");
  EXPECT_EQ(detail::enumerator_name("kind"), "kind");
  EXPECT_EQ(detail::enumerator_name("left"), "left");
  EXPECT_EQ(detail::enumerator_name("k"), "k");
}

}  // namespace
}  // namespace hezar
