#include <hezar/torch/convert.hpp>

#include <vector>

#include <gmock/gmock.h>

#include <sdk/torch/expect_error.hpp>

namespace hezar::torch {
namespace {

using test::error_of;
using ::testing::HasSubstr;

TEST(ConvertTest, SharesBytesInBothDirections) {
  Tensor ours = Tensor::of(std::vector<float>{1, 2, 3, 4, 5, 6}, {2, 3});
  at::Tensor theirs = to_torch(ours);
  EXPECT_EQ(theirs.data_ptr(), ours.data());
  theirs[1][2] = 60;
  EXPECT_EQ(ours.values<float>()[5], 60);

  const Tensor back = from_torch(theirs);
  EXPECT_EQ(back.data(), ours.data());
  EXPECT_EQ(to_string(back.shape()), "[2, 3]");
}

TEST(ConvertTest, KeepsBytesAliveWhenTheOtherSideIsGone) {
  at::Tensor theirs;
  {
    const Tensor ours = Tensor::of(std::vector<std::int64_t>{7, 8}, {2});
    theirs = to_torch(ours);
  }
  EXPECT_EQ(theirs[1].item<std::int64_t>(), 8);

  Tensor ours;
  {
    const at::Tensor temporary = at::arange(4, at::kInt);
    ours = from_torch(temporary);
  }
  EXPECT_EQ(ours.values<std::int32_t>()[3], 3);
}

TEST(ConvertTest, KeepsStrides) {
  const at::Tensor theirs = at::arange(6, at::kFloat).view({2, 3}).t();
  const Tensor ours = from_torch(theirs);
  EXPECT_FALSE(ours.is_contiguous());
  EXPECT_EQ(ours.contiguous().values<float>()[1], 3);
  EXPECT_TRUE(at::equal(to_torch(ours), theirs));
}

TEST(ConvertTest, MapsEveryDType) {
  for (auto value = static_cast<int>(DType::kBool);
       value <= static_cast<int>(DType::kFloat4E2M1FNX2); ++value) {
    const auto dtype = static_cast<DType>(value);
    EXPECT_EQ(from_torch(to_torch(dtype)), dtype) << to_string(dtype);
    const Tensor ours = Tensor::zeros({2, 2}, dtype);
    EXPECT_EQ(to_torch(ours).nbytes(), static_cast<std::size_t>(ours.size_bytes()))
        << to_string(dtype);
  }
}

TEST(ConvertTest, TakesEmptyAndScalarTensors) {
  EXPECT_EQ(to_torch(Tensor::zeros({0, 3}, DType::kFloat32)).sizes(), (at::IntArrayRef{0, 3}));
  EXPECT_EQ(from_torch(at::scalar_tensor(2.5)).dim(), 0);
  EXPECT_EQ(to_torch(from_torch(at::scalar_tensor(2.5))).item<double>(), 2.5);
}

TEST(ConvertTest, RefusesWhatHasNoCounterpart) {
  EXPECT_THAT(error_of([] { static_cast<void>(to_torch(Tensor())); }),
              HasSubstr("tensor: expected a defined tensor, got an undefined one"));
  EXPECT_THAT(error_of([] { static_cast<void>(from_torch(at::zeros({2}, at::kComplexDouble))); }),
              HasSubstr("an element type that hezar knows, got ComplexDouble"));
}

TEST(ConvertTest, NamesGpuThatIsNotThere) {
  EXPECT_THAT(error_of([] { check_device(Device::parse("cuda:63")); }),
              HasSubstr("device: expected one that this machine has, got cuda:63"));
}

}  // namespace
}  // namespace hezar::torch
