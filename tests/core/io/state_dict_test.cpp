#include <hezar/io/state_dict.hpp>

#include <string>

#include <gtest/gtest.h>

#include <hezar/error/error.hpp>
#include <hezar/io/safetensors.hpp>
#include <hezar/io/torch_file.hpp>
#include <hezar/text/concat.hpp>

#include <core/io/temp_folder.hpp>

namespace hezar::io {
namespace {

using testing::TempFolder;

StateDict with(float value) {
  StateDict state;
  state.add("w", Tensor::of<float>({value}, {1}));
  return state;
}

float value_of(const StateDict& state) {
  return state.find("w")->values<float>()[0];
}

TEST(StateDictTest, FindsNamesExactlyAndTheFirstOfEqualOnes) {
  StateDict state;
  const std::string nul("a\0b", 3);
  state.add(nul, Tensor::of<float>({1}, {1}));
  state.add("a", Tensor::of<float>({2}, {1}));
  state.add("a", Tensor::of<float>({3}, {1}));
  for (int i = 0; i < 5000; ++i) state.add(text::concat("n", i), Tensor());
  EXPECT_EQ(state.find("a")->values<float>()[0], 2);
  EXPECT_EQ(state.find(nul)->values<float>()[0], 1);
  EXPECT_EQ(state.find("A"), nullptr);
  EXPECT_EQ(state.find(""), nullptr);
  const StateDict copy = state;
  EXPECT_EQ(copy.find("n4999"), &(copy.begin() + 5002)->second);
}

TEST(ReadWeightsTest, TakesTheFirstKnownName) {
  TempFolder folder;
  write_torch(folder / "part.bin", with(5));
  folder.put("pytorch_model.bin.index.json", R"({"weight_map":{"w":"part.bin"}})");
  EXPECT_EQ(value_of(read_weights(folder.path())), 5);
  write_torch(folder / "pytorch_model.bin", with(4));
  EXPECT_EQ(value_of(read_weights(folder.path())), 4);
  write_torch(folder / "model.pt", with(3));
  EXPECT_EQ(value_of(read_weights(folder.path())), 3);
  write_safetensors(folder / "part.safetensors", with(2));
  folder.put("model.safetensors.index.json", R"({"weight_map":{"w":"part.safetensors"}})");
  EXPECT_EQ(value_of(read_weights(folder.path())), 2);
  write_safetensors(folder / "model.safetensors", with(1));
  EXPECT_EQ(value_of(read_weights(folder.path())), 1);
  EXPECT_EQ(value_of(read_weights(folder.path(), "model.pt", false)), 3);
  EXPECT_EQ(value_of(read_weights(folder.path(), "part.safetensors")), 2);
}

TEST(ReadStoredWeightsTest, GivesTensorsOtherNamesThatTheMetadataKnows) {
  TempFolder folder;
  write_safetensors(folder / "model.safetensors", with(1),
                    {{"format", "pt"}, {"tied", "w"}, {"lost", "nothing"}});
  const StoredWeights weights = read_stored_weights(folder.path());
  EXPECT_EQ(weights.file, folder / "model.safetensors");
  EXPECT_EQ(weights.metadata.at("format"), "pt");
  ASSERT_EQ(weights.tensors.size(), 2U);
  EXPECT_EQ(weights.tensors.find("tied")->data(), weights.tensors.find("w")->data());
  EXPECT_TRUE(read_stored_weights(folder.path(), "model.safetensors", false).tensors.find("tied"));
}

struct Wrong {
  std::string path;
  std::string filename;
  ErrorCode code;
  std::string message;
};

TEST(ReadWeightsTest, SaysWhatIsMissing) {
  TempFolder folder;
  folder.put("file", "x");
  folder.put("empty/readme", "x");
  folder.put("pages/model.pt", "<html>");
  folder.put("deep/model.pt/x", "");
  std::filesystem::create_directory(folder / "lost");
  std::filesystem::create_symlink("../blobs/gone", folder / "lost" / "model.safetensors");
  write_torch(folder / "lost" / "model.pt", with(1));
  const Wrong wrong[] = {
      {"none", "", ErrorCode::kIo, "expected a folder with weights, got No such file"},
      {"file", "", ErrorCode::kIo, "expected a folder with weights, got a file"},
      {"empty", "", ErrorCode::kIo,
       "one of model.safetensors, model.safetensors.index.json, model.pt, pytorch_model.bin, "
       "pytorch_model.bin.index.json"},
      {"empty", "other.pt", ErrorCode::kIo, "other.pt: expected a readable file, got No such"},
      {"deep", "", ErrorCode::kIo, "Is a directory"},
      {"lost", "", ErrorCode::kIo, "model.safetensors: expected a readable file, got No such"},
      {"pages", "", ErrorCode::kFormat, "expected a zip archive written by torch.save, got a web"},
  };
  for (const Wrong& row : wrong) {
    try {
      (void)read_weights(folder / row.path, row.filename);
      ADD_FAILURE() << row.path;
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), row.code) << e.what();
      EXPECT_NE(e.message().find(row.message), std::string::npos) << e.what();
    }
  }
}

}  // namespace
}  // namespace hezar::io
