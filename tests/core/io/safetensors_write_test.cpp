#include <cstdint>
#include <string>

#include <gtest/gtest.h>

#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/io/safetensors.hpp>

#include <core/io/fixtures.hpp>
#include <core/io/temp_folder.hpp>

namespace hezar::io {
namespace {

using testing::bytes_of;
using testing::TempFolder;

TEST(SafetensorsWriteTest, WritesTheBytesOfTheReference) {
  // safetensors.torch.save of the same tensors, by make_torch.py.
  TempFolder folder;
  StateDict state;
  state.add("z", Tensor::of<float>({1, 2}, {2}));
  state.add("b\n\"\x01/سلام", Tensor::of<std::int32_t>({7}, {1, 1}));
  state.add("a", Tensor::of<float>({3}, {}));
  state.add("n", Tensor::of<std::int64_t>({-1}, {1}));
  state.add("t", Tensor::of<std::uint8_t>({1, 2, 3}, {3}));
  const auto path = folder / "m.safetensors";
  write_safetensors(path, state);
  EXPECT_EQ(read_file(path), read_file(testing::data_file("reference.safetensors")));
}

TEST(SafetensorsWriteTest, WritesSharedAndStridedTensorsAsDenseCopies) {
  TempFolder folder;
  Tensor base = Tensor::of<float>({1, 2, 3, 4, 5, 6}, {2, 3});
  StateDict state;
  state.add("base", base);
  state.add("tied", base);
  state.add("turned", Tensor::view(base.data(), {3, 2}, {1, 3}, DType::kFloat32, base.owner()));
  const auto path = folder / "m.safetensors";
  write_safetensors(path, state, {});
  const StateDict read = SafetensorsFile::open(path).state_dict();
  EXPECT_EQ(bytes_of(*read.find("base")), bytes_of(*read.find("tied")));
  EXPECT_NE(read.find("base")->data(), read.find("tied")->data());
  const std::vector<float> turned = {1, 4, 2, 5, 3, 6};
  EXPECT_EQ(bytes_of(*read.find("turned")), bytes_of(Tensor::of(turned, {6})));
  EXPECT_EQ(std::filesystem::file_size(path) % 8, 0U);
}

TEST(SafetensorsWriteTest, AlignsWhatFillsCacheLines) {
  TempFolder folder;
  StateDict state;
  state.add("odd", Tensor::of<float>({1, 2, 3}, {3}));
  state.add("bytes", Tensor::zeros({128}, DType::kUInt8));
  state.add("floats", Tensor::of(std::vector<float>(16, 5), {16}));
  state.add("one", Tensor::of<std::uint8_t>({9}, {1}));
  const auto path = folder / "m.safetensors";
  for (const std::string note : {"", "a note that moves the data", "x"}) {
    write_aligned_safetensors(path, state, {{"note", note}});
    const SafetensorsFile file = SafetensorsFile::open(path);
    const StateDict read = file.state_dict();
    EXPECT_EQ(file.metadata().at("note"), note);
    for (const auto& [name, tensor] : state) {
      EXPECT_EQ(bytes_of(*read.find(name)), bytes_of(tensor)) << name;
      const auto place = reinterpret_cast<std::uintptr_t>(read.find(name)->data());
      if (tensor.size_bytes() % kTensorAlignment == 0) EXPECT_EQ(place % kTensorAlignment, 0U);
      EXPECT_EQ(place % static_cast<std::uintptr_t>(size_bytes(tensor.dtype())), 0U) << name;
    }
  }
}

TEST(SafetensorsWriteTest, RefusesWhatTheFormatCannotHold) {
  TempFolder folder;
  const Tensor tensor = Tensor::zeros({1}, DType::kFloat32);
  const std::pair<std::string, Tensor> bad[] = {
      {"__metadata__", tensor},
      {"\xff", tensor},
      {"undefined", Tensor()},
      {"device", Tensor::view(nullptr, {1}, DType::kFloat32, nullptr, {Device::Type::kCuda, 0})},
      {"f4", Tensor::zeros({}, DType::kFloat4E2M1FNX2)},
      {"twice", tensor},
  };
  const auto path = folder.put("m.safetensors", "old");
  for (const auto& [name, value] : bad) {
    StateDict state;
    state.add(name, value);
    if (name == "twice") state.add(name, value);
    try {
      write_safetensors(path, state);
      ADD_FAILURE() << name;
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), ErrorCode::kValue) << e.what();
    }
    EXPECT_EQ(read_file(path), "old");
  }
  EXPECT_THROW(write_safetensors(path, {}, {{"k", "\xff"}}), Error);
}

}  // namespace
}  // namespace hezar::io
