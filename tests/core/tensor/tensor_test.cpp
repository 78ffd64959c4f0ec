#include <cstdint>
#include <limits>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/tensor/tensor.hpp>

#include <error_of.hpp>

namespace hezar {
namespace {

using test::error_of;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::int32_t> counting(std::size_t size) {
  std::vector<std::int32_t> out(size);
  std::iota(out.begin(), out.end(), 0);
  return out;
}

TEST(TensorTest, IsUndefinedByDefault) {
  const Tensor tensor;
  EXPECT_FALSE(tensor.defined());
  EXPECT_EQ(tensor.numel(), 0);
  EXPECT_EQ(tensor.data(), nullptr);
}

TEST(TensorTest, AllocatesAlignedAndContiguous) {
  const Tensor tensor = Tensor::empty({2, 3, 4}, DType::kFloat32);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(tensor.data()) % 64, 0U);
  EXPECT_THAT(tensor.strides(), ElementsAre(12, 4, 1));
  EXPECT_TRUE(tensor.is_contiguous());
  EXPECT_EQ(tensor.numel(), 24);
  EXPECT_EQ(tensor.size_bytes(), 96);
  EXPECT_EQ(tensor.size(-1), 4);
  EXPECT_EQ(tensor.size(0), 2);
}

TEST(TensorTest, HoldsScalarsAndNothing) {
  const Tensor scalar = Tensor::of<double>({2.5}, {});
  EXPECT_EQ(scalar.dim(), 0);
  EXPECT_EQ(scalar.numel(), 1);
  EXPECT_THAT(scalar.values<double>(), ElementsAre(2.5));
  const Tensor none = Tensor::zeros({2, 0, 3}, DType::kInt64);
  EXPECT_EQ(none.numel(), 0);
  EXPECT_TRUE(none.is_contiguous());
  EXPECT_TRUE(none.values<std::int64_t>().empty());
}

TEST(TensorTest, RefusesImpossibleShapes) {
  EXPECT_EQ(error_of([] { static_cast<void>(Tensor::empty({2, -1}, DType::kInt8)); }),
            "Tensor: expected dimensions >= 0, got [2, -1]");
  EXPECT_EQ(error_of([] { static_cast<void>(Tensor::empty({2}, DType::kUnset)); }),
            "Tensor: expected a dtype, got unset");
  const std::int64_t big = std::int64_t{1} << 31;
  EXPECT_THAT(error_of([&] { static_cast<void>(Tensor::empty({big, big, 2}, DType::kFloat64)); }),
              HasSubstr("expected fewer than 2^63 bytes"));
  EXPECT_EQ(error_of([] { static_cast<void>(Tensor::of<float>({1, 2, 3}, {2, 2})); }),
            "Tensor::of: expected 4 values for [2, 2], got 3");
  EXPECT_THAT(error_of([] {
                static_cast<void>(Tensor::view(nullptr, {2, 2}, {1}, DType::kInt8, nullptr));
              }),
              HasSubstr("expected one stride >= 0 for each dimension, got [1]"));
  EXPECT_THAT(
      error_of([] { static_cast<void>(Tensor::view(nullptr, {2}, {-1}, DType::kInt8, nullptr)); }),
      HasSubstr("got [-1]"));
}

TEST(TensorTest, CopiesShareBytesAndKeepTheOwner) {
  auto owner = std::make_shared<std::vector<std::int32_t>>(counting(6));
  const std::weak_ptr<std::vector<std::int32_t>> watch = owner;
  Tensor tensor = Tensor::view(owner->data(), {2, 3}, DType::kInt32, owner);
  owner.reset();
  Tensor copy = tensor;
  tensor = Tensor();
  ASSERT_FALSE(watch.expired());
  copy.values<std::int32_t>()[0] = 9;
  EXPECT_EQ(watch.lock()->front(), 9);
  copy = Tensor();
  EXPECT_TRUE(watch.expired());
}

TEST(TensorTest, GivesValuesOnlyAsWhatTheyAre) {
  std::vector<std::int32_t> numbers = counting(6);
  const Tensor tensor = Tensor::view(numbers.data(), {2, 2}, {3, 1}, DType::kInt32, nullptr);
  EXPECT_EQ(error_of([&] { static_cast<void>(tensor.values<std::int32_t>()); }),
            "Tensor::values: expected a contiguous int32 tensor on the CPU, got strided int32 [2, "
            "2] on cpu");
  EXPECT_THAT(error_of([&] { static_cast<void>(tensor.contiguous().values<float>()); }),
              HasSubstr("expected a contiguous float32 tensor on the CPU, got int32 [2, 2]"));
  const Tensor far =
      Tensor::view(numbers.data(), {2}, DType::kInt32, nullptr, Device{Device::Type::kCuda, 1});
  EXPECT_THAT(error_of([&] { static_cast<void>(far.values<std::int32_t>()); }),
              HasSubstr("on cuda:1"));
}

TEST(TensorTest, MakesStridedViewsContiguous) {
  std::vector<std::int32_t> numbers = counting(6);
  const Tensor transposed = Tensor::view(numbers.data(), {3, 2}, {1, 3}, DType::kInt32, nullptr);
  EXPECT_FALSE(transposed.is_contiguous());
  EXPECT_THAT(transposed.contiguous().values<std::int32_t>(), ElementsAre(0, 3, 1, 4, 2, 5));
  const Tensor repeated = Tensor::view(numbers.data(), {2, 2}, {0, 1}, DType::kInt32, nullptr);
  EXPECT_THAT(repeated.contiguous().values<std::int32_t>(), ElementsAre(0, 1, 0, 1));
  const Tensor same = Tensor::of<std::int32_t>({1, 2}, {2});
  EXPECT_EQ(same.contiguous().data(), same.data());
}

TEST(TensorTest, IgnoresStridesOfLengthOne) {
  std::vector<std::int32_t> numbers = counting(4);
  EXPECT_TRUE(
      Tensor::view(numbers.data(), {1, 4}, {99, 1}, DType::kInt32, nullptr).is_contiguous());
}

TEST(TensorTest, CopiesElementsBetweenLayouts) {
  std::vector<std::int32_t> numbers = counting(6);
  const Tensor source = Tensor::view(numbers.data(), {3, 2}, {1, 3}, DType::kInt32, nullptr);
  Tensor target = Tensor::zeros({3, 2}, DType::kInt32);
  target.copy_from(source);
  EXPECT_THAT(target.values<std::int32_t>(), ElementsAre(0, 3, 1, 4, 2, 5));
  EXPECT_THAT(error_of([&] { target.copy_from(Tensor::zeros({2, 3}, DType::kInt32)); }),
              HasSubstr("expected int32 [3, 2] on the CPU, got int32 [2, 3] on cpu"));
  EXPECT_THAT(error_of([&] { target.copy_from(Tensor::zeros({3, 2}, DType::kInt64)); }),
              HasSubstr("got int64 [3, 2]"));
}

TEST(TensorTest, NamesTheAxisThatIsMissing) {
  const Tensor tensor = Tensor::zeros({2, 3}, DType::kBool);
  for (const std::int64_t axis : {2, -3}) {
    EXPECT_EQ(error_of([&] { static_cast<void>(tensor.size(axis)); }),
              "Tensor::size: expected an axis of [2, 3], got " + std::to_string(axis));
  }
}

TEST(DTypeTest, NamesAndSizesEveryType) {
  std::vector<std::string> names;
  for (int i = 1; i <= static_cast<int>(DType::kFloat4E2M1FNX2); ++i) {
    const auto dtype = static_cast<DType>(i);
    names.emplace_back(to_string(dtype));
    EXPECT_GT(size_bytes(dtype), 0) << names.back();
  }
  EXPECT_THAT(names, testing::Not(testing::Contains("unset")));
  EXPECT_EQ(size_bytes(DType::kUnset), 0);
  EXPECT_EQ(size_bytes(DType::kBFloat16), 2);
  EXPECT_EQ(size_bytes(DType::kComplex64), 8);
}

}  // namespace
}  // namespace hezar
