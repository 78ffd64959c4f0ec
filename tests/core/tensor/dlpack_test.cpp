#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <dlpack/dlpack.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hezar/tensor/tensor.hpp>

#include <error_of.hpp>

namespace hezar {
namespace {

using test::error_of;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(DlpackTest, GoesThereAndBackWithoutACopy) {
  std::vector<float> numbers = {0, 1, 2, 3, 4, 5};
  const Tensor tensor = Tensor::view(numbers.data(), {3, 2}, {1, 3}, DType::kFloat32, nullptr);
  const Tensor back = Tensor::from_dlpack(tensor.to_dlpack());
  EXPECT_EQ(back.data(), numbers.data());
  EXPECT_EQ(back.dtype(), DType::kFloat32);
  EXPECT_THAT(back.shape(), ElementsAre(3, 2));
  EXPECT_THAT(back.strides(), ElementsAre(1, 3));
  EXPECT_EQ(back.device(), Device{});
}

TEST(DlpackTest, CarriesEveryTypeThatItHasACodeFor) {
  for (const DType dtype :
       {DType::kBool, DType::kUInt8, DType::kInt8, DType::kInt16, DType::kInt32, DType::kInt64,
        DType::kUInt16, DType::kUInt32, DType::kUInt64, DType::kFloat16, DType::kBFloat16,
        DType::kFloat32, DType::kFloat64, DType::kComplex64}) {
    const Tensor tensor = Tensor::zeros({2, 3}, dtype);
    EXPECT_EQ(Tensor::from_dlpack(tensor.to_dlpack()).dtype(), dtype) << to_string(dtype);
  }
}

TEST(DlpackTest, RefusesTypesWithoutACode) {
  const Tensor tensor = Tensor::zeros({2}, DType::kFloat8E4M3FN);
  EXPECT_EQ(error_of([&] { static_cast<void>(tensor.to_dlpack()); }),
            "DLPack: expected a dtype it has a code for, got float8_e4m3fn");
}

TEST(DlpackTest, KeepsTheOwnerUntilTheConsumerIsDone) {
  auto owner = std::make_shared<std::vector<std::int64_t>>(std::vector<std::int64_t>{1, 2});
  const std::weak_ptr<std::vector<std::int64_t>> watch = owner;
  DLManagedTensor* managed = Tensor::view(owner->data(), {2}, DType::kInt64, owner).to_dlpack();
  owner.reset();
  EXPECT_FALSE(watch.expired());
  managed->deleter(managed);
  EXPECT_TRUE(watch.expired());
}

/// A tensor that somebody else made.
struct Foreign {
  std::vector<std::int32_t> values = {9, 1, 2, 3};
  std::vector<std::int64_t> shape = {3};
  DLManagedTensor managed = {};
  int deleted = 0;

  Foreign() {
    DLTensor& t = managed.dl_tensor;
    t.data = values.data();
    t.byte_offset = sizeof(std::int32_t);
    t.device = {kDLCPU, 0};
    t.ndim = 1;
    t.dtype = {kDLInt, 32, 1};
    t.shape = shape.data();
    managed.manager_ctx = this;
    managed.deleter = [](DLManagedTensor* self) {
      ++static_cast<Foreign*>(self->manager_ctx)->deleted;
    };
  }
};

TEST(DlpackTest, TakesOffsetsAndMissingStrides) {
  Foreign foreign;
  {
    const Tensor tensor = Tensor::from_dlpack(&foreign.managed);
    EXPECT_THAT(tensor.values<std::int32_t>(), ElementsAre(1, 2, 3));
    EXPECT_EQ(foreign.deleted, 0);
  }
  EXPECT_EQ(foreign.deleted, 1);
}

TEST(DlpackTest, RefusesOtherTypesAndDevicesAndStillDeletes) {
  Foreign lanes;
  lanes.managed.dl_tensor.dtype = {kDLInt, 32, 4};
  Foreign device;
  device.managed.dl_tensor.device = {kDLVulkan, 0};
  EXPECT_THAT(error_of([&] { static_cast<void>(Tensor::from_dlpack(&lanes.managed)); }),
              HasSubstr("expected a dtype that hezar knows, got code 0, 32 bits, 4"));
  EXPECT_THAT(error_of([&] { static_cast<void>(Tensor::from_dlpack(&device.managed)); }),
              HasSubstr("expected a CPU or CUDA tensor, got device type 7"));
  EXPECT_EQ(lanes.deleted, 1);
  EXPECT_EQ(device.deleted, 1);
}

TEST(DlpackTest, RefusesShapesThatNoMemoryHas) {
  const std::vector<std::int64_t> huge(3, std::int64_t{1} << 31);
  const struct {
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> strides;  // empty: none
    std::string_view told;
  } cases[] = {
      {{-1}, {}, "expected dimensions >= 0, got [-1]"},
      {{2, -3}, {3, 1}, "expected dimensions >= 0, got [2, -3]"},
      {huge, {}, "expected fewer than 2^63 bytes"},
      {huge, {1, 1, 1}, "expected fewer than 2^63 bytes"},
      {{0, INT64_MAX, INT64_MAX}, {}, "expected fewer than 2^63 bytes"},
      {{2}, {-1}, "expected one stride >= 0 for each dimension"},
      {{2}, {INT64_MAX}, "expected strides within 2^63 bytes"},
      {{3, 2}, {INT64_MAX, 1}, "expected strides within 2^63 bytes"},
      {{2, 2}, {INT64_MAX / 4, 1}, "expected strides within 2^63 bytes"},
  };
  for (const auto& c : cases) {
    Foreign foreign;
    foreign.shape = c.shape;
    std::vector<std::int64_t> strides = c.strides;
    foreign.managed.dl_tensor.shape = foreign.shape.data();
    foreign.managed.dl_tensor.strides = strides.empty() ? nullptr : strides.data();
    foreign.managed.dl_tensor.ndim = static_cast<int>(c.shape.size());
    EXPECT_THAT(error_of([&] { static_cast<void>(Tensor::from_dlpack(&foreign.managed)); }),
                HasSubstr(c.told));
    EXPECT_EQ(foreign.deleted, 1);
  }
}

TEST(DlpackTest, RefusesATensorWithoutAShape) {
  Foreign negative;
  negative.managed.dl_tensor.ndim = -1;
  EXPECT_THAT(error_of([&] { static_cast<void>(Tensor::from_dlpack(&negative.managed)); }),
              HasSubstr("DLPack: expected a shape, got -1 dimensions"));
  Foreign missing;
  missing.managed.dl_tensor.shape = nullptr;
  EXPECT_THAT(error_of([&] { static_cast<void>(Tensor::from_dlpack(&missing.managed)); }),
              HasSubstr("expected a shape, got 1 dimensions of none"));
}

}  // namespace
}  // namespace hezar
