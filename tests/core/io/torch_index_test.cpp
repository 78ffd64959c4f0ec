#include <string>

#include <gtest/gtest.h>

#include <hezar/error/error.hpp>
#include <hezar/io/torch_file.hpp>

#include <core/io/temp_folder.hpp>

namespace hezar::io {
namespace {

using testing::TempFolder;

class TorchIndexTest : public ::testing::Test {
 protected:
  TorchIndexTest() {
    write({{"a", 1}, {"b", 2}}, "pytorch_model-00001-of-00002.bin");
    write({{"c", 3}, {"a", 4}}, "pytorch_model-00002-of-00002.bin");
  }

  void write(const std::vector<std::pair<std::string, float>>& tensors, const std::string& name) {
    StateDict state;
    for (const auto& [key, value] : tensors) state.add(key, Tensor::of<float>({value}, {1}));
    write_torch(folder_ / name, state);
  }

  StateDict read(std::string_view index, bool mmap = true) {
    return read_torch_index(folder_.put("pytorch_model.bin.index.json", index), {mmap});
  }

  TempFolder folder_;
};

TEST_F(TorchIndexTest, ReadsWhatTheIndexMapsFromEachShard) {
  for (const bool mmap : {true, false}) {
    const StateDict state = read(R"({"metadata": {"total_size": 1}, "weight_map": {
      "c": "pytorch_model-00002-of-00002.bin",
      "a": "pytorch_model-00001-of-00002.bin"}})",
                                 mmap);
    ASSERT_EQ(state.size(), 2U);
    EXPECT_EQ(state.begin()->first, "c");
    EXPECT_EQ(state.find("a")->values<float>()[0], 1);
    EXPECT_EQ(state.find("c")->values<float>()[0], 3);
  }
}

TEST_F(TorchIndexTest, RefusesABadIndexBeforeItOpensAShard) {
  const struct {
    std::string index;
    ErrorCode code;
    std::string told;
  } cases[] = {
      {R"({"weight_map": )", ErrorCode::kFormat, "INDEX_BAD_JSON"},
      {R"({"metadata": {}})", ErrorCode::kFormat, "got an index without weight_map"},
      {R"({"weight_map": {"a": 1}})", ErrorCode::kFormat, "got a number as a shard's name"},
      {R"({"weight_map": {"a": "x.bin", "a": "y.bin"}})", ErrorCode::kFormat, "INDEX_BAD_JSON"},
      {R"({"weight_map": {"a": "../x.bin"}})", ErrorCode::kFormat, "INDEX_BAD_FILENAME"},
      {R"({"weight_map": {"a": "/etc/x.bin"}})", ErrorCode::kFormat, "INDEX_BAD_FILENAME"},
      {R"({"weight_map": {"a": "b/../../x.bin"}})", ErrorCode::kFormat, "INDEX_BAD_FILENAME"},
      {R"({"weight_map": {"a": "https://x/y.bin"}})", ErrorCode::kFormat, "INDEX_BAD_FILENAME"},
      {R"({"weight_map": {"a": "x.safetensors"}})", ErrorCode::kFormat,
       "expected relative names ending in .bin"},
      {R"({"weight_map": {"a": "gone.bin"}})", ErrorCode::kIo, "gone.bin: expected a readable"},
      {R"({"weight_map": {"c": "pytorch_model-00001-of-00002.bin"}})", ErrorCode::kFormat,
       "SHARD_TENSOR_MISSING: expected tensor \"c\", as the index says"},
  };
  for (const auto& c : cases) {
    try {
      static_cast<void>(read(c.index));
      ADD_FAILURE() << c.index;
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), c.code) << e.what();
      EXPECT_NE(e.message().find(c.told), std::string::npos) << e.what();
    }
  }
}

TEST_F(TorchIndexTest, RefusesAShardThatIsNoTorchFile) {
  folder_.put("page.bin", "<html>");
  try {
    static_cast<void>(read(R"({"weight_map": {"a": "page.bin"}})"));
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ErrorCode::kFormat);
    EXPECT_NE(e.message().find("page.bin"), std::string::npos) << e.what();
  }
}

}  // namespace
}  // namespace hezar::io
