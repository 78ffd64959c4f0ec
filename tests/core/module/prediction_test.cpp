#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <config/test_data.hpp>
#include <hezar/module/prediction.hpp>

namespace hezar {
namespace {

std::string text(const Prediction& prediction) {
  return json::write(to_json(prediction));
}

TEST(PredictionTest, WritesTheReferencesKeysAndKeepsNulls) {
  const std::vector<std::pair<Prediction, std::string>> cases = {
      {std::vector<TextClassification>{{"positive", 0.8129}},
       R"([{"label": "positive", "score": 0.8129}])"},
      {std::vector<MaskFilling>{{"است", "این است", 12, 0.5}},
       R"([{"token": "است", "sequence": "این است", "token_id": 12, "score": 0.5}])"},
      {std::vector<SequenceLabel>{{"علی", "B-PER", 0, 3, std::nullopt}},
       R"([{"token": "علی", "label": "B-PER", "start": 0, "end": 3, "score": null}])"},
      {TextGeneration{"سلام"}, R"({"text": "سلام"})"},
      {SpeechRecognition{"a", std::nullopt}, R"({"text": "a", "chunks": null})"},
      {SpeechRecognition{"a", std::vector<SpeechChunk>{{"b", {0.0, std::nullopt}}}},
       R"({"text": "a", "chunks": [{"text": "b", "timestamp": [0.0, null]}]})"},
      {Image2Text{"x", 1.0}, R"({"text": "x", "score": 1.0})"},
      {TextDetection{{{1, 2, 3, 4}}}, R"({"boxes": [[1, 2, 3, 4]]})"},
      {TextEmbedding{Tensor::of<float>({0.1F, -1.0F}, {2})}, R"({"vector": [0.1, -1.0]})"},
      {boost::json::value({{"own", 1}}), R"({"own": 1})"}};
  for (const auto& [prediction, wanted] : cases) EXPECT_EQ(text(prediction), wanted);
}

TEST(PredictionTest, WritesEveryKindOfColumn) {
  const Outputs outputs = {{"logits", Tensor::of<float>({1, 2, 3, 4}, {2, 2})},
                           {"tensors", Tensors{Tensor::of<std::int64_t>({1}, {1}), Tensor()}},
                           {"strings", Strings{"a"}},
                           {"lists", std::vector<Strings>{{"a", "b"}, {}}},
                           {"integers", Integers{1, -2}},
                           {"integer_lists", std::vector<Integers>{{1}, {2, 3}}},
                           {"numbers", Numbers{0.5, 1.0}},
                           {"spans", Spans{{0, 3}}},
                           {"span_lists", std::vector<Spans>{{{1, 2}}, {}}}};
  EXPECT_EQ(text(outputs),
            R"({"logits": [[1.0, 2.0], [3.0, 4.0]], "tensors": [[1], null], "strings": ["a"], )"
            R"("lists": [["a", "b"], []], "integers": [1, -2], "integer_lists": [[1], [2, 3]], )"
            R"("numbers": [0.5, 1.0], "spans": [[0, 3]], "span_lists": [[[1, 2]], []]})");
}

TEST(PredictionTest, WritesOneEntryPerInput) {
  const Predictions predictions = {TextGeneration{"a"}, TextGeneration{"b"}};
  EXPECT_EQ(json::write(to_json(predictions)), R"([{"text": "a"}, {"text": "b"}])");
}

/// A tensor of a dtype that C++ has no type for.
template <class Bits>
Tensor bits(DType dtype, const std::vector<Bits>& values) {
  Tensor out = Tensor::empty({static_cast<std::int64_t>(values.size())}, dtype);
  std::memcpy(out.data(), values.data(), values.size() * sizeof(Bits));
  return out;
}

using Bytes = std::vector<std::uint8_t>;
using Words = std::vector<std::uint16_t>;

TEST(TensorJsonTest, WritesEveryDtype) {
  const std::vector<std::pair<Tensor, std::string>> cases = {
      {bits(DType::kBool, Bytes{0, 1, 2}), "[false, true, true]"},
      {bits(DType::kUInt8, Bytes{255}), "[255]"},
      {bits(DType::kInt8, Bytes{255}), "[-1]"},
      {bits(DType::kInt16, Words{0xFFFF}), "[-1]"},
      {bits(DType::kUInt16, Words{0xFFFF}), "[65535]"},
      {bits(DType::kInt32, std::vector<std::int32_t>{-7}), "[-7]"},
      {bits(DType::kUInt32, std::vector<std::uint32_t>{4294967295U}), "[4294967295]"},
      {bits(DType::kInt64, std::vector<std::int64_t>{std::numeric_limits<std::int64_t>::min()}),
       "[-9223372036854775808]"},
      {bits(DType::kUInt64, std::vector<std::uint64_t>{std::numeric_limits<std::uint64_t>::max()}),
       "[18446744073709551615]"},
      // Values as torch.tensor(...).view(dtype).tolist() prints them, in shortest float32 digits.
      {bits(DType::kFloat16, Words{0x3C00, 0xC000, 0x2E66, 0x0001, 0x7BFF, 0x8000, 0x7C00, 0x7E00}),
       "[1.0, -2.0, 0.099975586, 5.9604645e-08, 65504.0, -0.0, null, null]"},
      {bits(DType::kBFloat16, Words{0x3F80, 0xC000, 0x3DCD, 0x7F7F, 0xFF80, 0x7FC0}),
       "[1.0, -2.0, 0.100097656, 3.3895314e+38, null, null]"},
      {bits(DType::kFloat32, std::vector<float>{0.1F, 1e-12F, -0.0F, 16777216.0F}),
       "[0.1, 1e-12, -0.0, 16777216.0]"},
      {bits(DType::kFloat64, std::vector<double>{0.1, 1e300}), "[0.1, 1e+300]"},
      {bits(DType::kComplex64, std::vector<std::uint64_t>{0x400000003F800000}), "[[1.0, 2.0]]"},
      {bits(DType::kFloat8E4M3FN, Bytes{0x38, 0xB8, 0x01, 0x7E, 0x7F, 0x78}),
       "[1.0, -1.0, 0.001953125, 448.0, null, 256.0]"},
      {bits(DType::kFloat8E4M3FNUZ, Bytes{0x40, 0x01, 0x7F, 0x80}),
       "[1.0, 0.0009765625, 240.0, null]"},
      {bits(DType::kFloat8E5M2, Bytes{0x3C, 0x01, 0x7B, 0x7C, 0x7D}),
       "[1.0, 1.52587890625e-05, 57344.0, null, null]"},
      {bits(DType::kFloat8E5M2FNUZ, Bytes{0x40, 0x01, 0x7F, 0x80}),
       "[1.0, 7.62939453125e-06, 57344.0, null]"},
      {bits(DType::kFloat8E8M0FNU, Bytes{127, 128, 0, 255}),
       "[1.0, 2.0, 5.877471754111438e-39, null]"},
      {bits(DType::kFloat4E2M1FNX2, Bytes{0x21, 0xF7}), "[[0.5, 1.0], [6.0, -6.0]]"}};
  for (const auto& [tensor, wanted] : cases) {
    EXPECT_EQ(json::write(to_json(tensor)), wanted) << to_string(tensor.dtype());
  }
}

TEST(TensorJsonTest, DecodesSmallFloatsAsTorchDoes) {
  const boost::json::value cases = test::data("small_floats.json");
  const std::vector<std::pair<std::string, DType>> dtypes = {
      {"float8_e4m3fn", DType::kFloat8E4M3FN},
      {"float8_e4m3fnuz", DType::kFloat8E4M3FNUZ},
      {"float8_e5m2", DType::kFloat8E5M2},
      {"float8_e5m2fnuz", DType::kFloat8E5M2FNUZ},
      {"float8_e8m0fnu", DType::kFloat8E8M0FNU},
      {"float16", DType::kFloat16},
      {"bfloat16", DType::kBFloat16}};
  for (const auto& [name, dtype] : dtypes) {
    const boost::json::object& entry = cases.at(name).get_object();
    const boost::json::array& codes = entry.at("codes").get_array();
    const boost::json::array& values = entry.at("values").get_array();
    ASSERT_EQ(codes.size(), values.size());
    for (std::size_t i = 0; i < codes.size(); ++i) {
      const auto code = codes[i].to_number<std::uint16_t>();
      const Tensor tensor = size_bytes(dtype) == 1
                                ? bits(dtype, Bytes{static_cast<std::uint8_t>(code)})
                                : bits(dtype, Words{code});
      const boost::json::value got = to_json(tensor).at(0);
      if (values[i].is_null()) {
        EXPECT_FALSE(std::isfinite(got.get_double())) << name << " " << code;
      } else {
        EXPECT_EQ(static_cast<float>(got.get_double()), values[i].to_number<float>())
            << name << " " << code;
      }
    }
  }
}

TEST(TensorJsonTest, FollowsStrides) {
  std::vector<float> numbers = {0, 1, 2, 3, 4, 5};
  EXPECT_EQ(
      json::write(to_json(Tensor::view(numbers.data(), {3, 2}, {1, 3}, DType::kFloat32, nullptr))),
      "[[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]");
}

TEST(TensorJsonTest, WritesScalarsAndNothing) {
  EXPECT_EQ(json::write(to_json(Tensor::of<std::int64_t>({5}, {}))), "5");
  EXPECT_EQ(json::write(to_json(Tensor::zeros({0, 3}, DType::kInt8))), "[]");
  EXPECT_EQ(json::write(to_json(Tensor::zeros({2, 0}, DType::kInt8))), "[[], []]");
  EXPECT_EQ(json::write(to_json(Tensor())), "null");
}

TEST(TensorJsonTest, RefusesWhatItCannotReadOrList) {
  std::vector<float> numbers = {1};
  const std::vector<Tensor> refused = {
      Tensor::view(numbers.data(), {1}, DType::kFloat32, nullptr, {Device::Type::kCuda, 0}),
      Tensor::view(numbers.data(), Shape(65, 1), DType::kFloat32, nullptr),
      Tensor::zeros({std::int64_t{1} << 40, 0}, DType::kFloat32),
      Tensor::zeros({std::int64_t{1} << 30, std::int64_t{1} << 30, 0}, DType::kFloat32)};
  for (const Tensor& tensor : refused) {
    EXPECT_THAT(test::error_of([&] { static_cast<void>(to_json(tensor)); }),
                testing::HasSubstr("JSON: expected a tensor on the CPU of at most 64 dimensions"));
  }
}

}  // namespace
}  // namespace hezar
