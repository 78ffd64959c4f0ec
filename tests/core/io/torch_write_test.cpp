#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/io/torch_file.hpp>

#include <core/io/fixtures.hpp>
#include <core/io/temp_folder.hpp>

namespace hezar::io {
namespace {

using testing::bytes_of;
using testing::TempFolder;

/// Tensors of every element type, shape and stride that the reader knows.
StateDict everything() {
  StateDict state;
  const boost::json::value cases = testing::read_cases("torch_cases.json");
  for (const auto& row : cases.at("good").as_array()) {
    TempFolder folder;
    const auto path = folder.put("case.pt", testing::unpack(row.at("file")));
    const std::string prefix = testing::text(row.at("name")) + ".";
    for (const auto& [name, tensor] : read_torch(path)) state.add(prefix + name, tensor);
  }
  return state;
}

TEST(TorchWriteTest, WritesWhatItReadsBack) {
  TempFolder folder;
  const StateDict state = everything();
  write_torch(folder / "m.pt", state);
  const StateDict read = read_torch(folder / "m.pt");
  ASSERT_EQ(read.size(), state.size());
  auto item = state.begin();
  for (const auto& [name, tensor] : read) {
    const Tensor& wanted = item->second;
    EXPECT_EQ(name, (item++)->first);
    EXPECT_EQ(tensor.dtype(), wanted.dtype()) << name;
    EXPECT_EQ(to_string(tensor.shape()), to_string(wanted.shape())) << name;
    EXPECT_EQ(to_string(tensor.strides()), to_string(wanted.strides())) << name;
    EXPECT_EQ(bytes_of(tensor), bytes_of(wanted)) << name;
  }
}

TEST(TorchWriteTest, KeepsSharedStorages) {
  TempFolder folder;
  const Tensor base = Tensor::zeros({1000}, DType::kFloat32);
  auto* data = static_cast<float*>(const_cast<void*>(base.data()));
  StateDict state;
  state.add("tail", Tensor::view(data + 10, {5}, DType::kFloat32, base.owner()));
  state.add("base", base);
  state.add("tied", base);
  state.add("apart", Tensor::of<float>({1}, {1}));
  state.add("none", Tensor::view(data + 10, {0}, DType::kFloat32, base.owner()));
  write_torch(folder / "m.pt", state);
  EXPECT_LT(std::filesystem::file_size(folder / "m.pt"), 7000U) << "4000 bytes once";
  const StateDict read = read_torch(folder / "m.pt");
  const auto* first = static_cast<const float*>(read.find("base")->data());
  EXPECT_EQ(read.find("tied")->data(), first);
  EXPECT_EQ(read.find("tail")->data(), first + 10);
  EXPECT_EQ(read.find("apart")->values<float>()[0], 1);
}

TEST(TorchWriteTest, AlignsStoragesAndNamesTheRootAfterTheFile) {
  TempFolder folder;
  StateDict state;
  state.add("a", Tensor::of<std::uint8_t>({1}, {1}));
  state.add("b", Tensor::of<float>({1.5F}, {1}));
  write_torch(folder / "model.v2.pt", state);
  const std::string bytes = read_file(folder / "model.v2.pt");
  EXPECT_NE(bytes.find("model.v2/data.pkl"), std::string::npos);
  const std::size_t name = bytes.find("model.v2/data/1");
  ASSERT_NE(name, std::string::npos);
  const float value = 1.5F;
  const std::size_t data =
      bytes.find(std::string(reinterpret_cast<const char*>(&value), sizeof value), name);
  EXPECT_EQ(data % 64, 0U);
  write_torch(folder / "...pt", state);
  EXPECT_EQ(read_torch(folder / "...pt").size(), 2U);
}

TEST(TorchWriteTest, WritesTheSameBytesForTheSameTensors) {
  TempFolder folder;
  write_torch(folder / "m.pt", everything());
  const std::string first = read_file(folder / "m.pt");
  write_torch(folder / "m.pt", everything());
  EXPECT_TRUE(read_file(folder / "m.pt") == first);
}

TEST(TorchWriteTest, RefusesWhatItCannotWrite) {
  TempFolder folder;
  const auto path = folder.put("m.pt", "old");
  const Tensor tensor = Tensor::zeros({1}, DType::kFloat32);
  const std::pair<std::string, Tensor> bad[] = {
      {"\xff", tensor},
      {"undefined", Tensor()},
      {"device", Tensor::view(nullptr, {1}, DType::kFloat32, nullptr, {Device::Type::kCuda, 0})},
      {"twice", tensor},
  };
  for (const auto& [name, value] : bad) {
    StateDict state;
    state.add(name, value);
    if (name == "twice") state.add(name, value);
    try {
      write_torch(path, state);
      ADD_FAILURE() << name;
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), ErrorCode::kValue) << e.what();
    }
    EXPECT_EQ(read_file(path), "old");
  }
}

}  // namespace
}  // namespace hezar::io
