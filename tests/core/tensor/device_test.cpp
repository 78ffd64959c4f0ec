#include <string>

#include <gtest/gtest.h>

#include <hezar/error/error.hpp>
#include <hezar/tensor/device.hpp>

namespace hezar {
namespace {

TEST(DeviceTest, ReadsAndNamesDevices) {
  EXPECT_EQ(Device::parse("cpu").name(), "cpu");
  EXPECT_EQ(Device::parse("cuda").name(), "cuda:0");
  EXPECT_EQ(Device::parse("cuda:3"), (Device{Device::Type::kCuda, 3}));
}

TEST(DeviceTest, RefusesOtherNames) {
  for (const std::string name :
       {"", "gpu", "CPU", "cuda:", "cuda:-1", "cuda:1x", "cuda: 1", "cuda:99999999999999999999"}) {
    try {
      static_cast<void>(Device::parse(name));
      ADD_FAILURE() << name;
    } catch (const Error& e) {
      EXPECT_EQ(std::string(e.what()), "device: expected cpu, cuda or cuda:N, got \"" + name + '"');
    }
  }
}

TEST(PrecisionTest, ReadsAndNamesPrecisions) {
  for (const std::string_view name : {"fp32", "bf16", "int8"}) {
    EXPECT_EQ(to_string(parse_precision(name)), name);
  }
  EXPECT_THROW(static_cast<void>(parse_precision("fp16")), Error);
}

}  // namespace
}  // namespace hezar
