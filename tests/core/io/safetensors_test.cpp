#include <hezar/io/safetensors.hpp>

#include <cstdint>

#include <gtest/gtest.h>

#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/text/concat.hpp>

#include <core/io/fixtures.hpp>
#include <core/io/temp_folder.hpp>

namespace hezar::io {
namespace {

using testing::bytes_of;
using testing::read_cases;
using testing::TempFolder;
using testing::text;
using testing::unpack;

const boost::json::value& cases() {
  static const boost::json::value all = read_cases("safetensors_cases.json");
  return all;
}

Shape shape_of(const boost::json::value& json) {
  return boost::json::value_to<Shape>(json);
}

/// Compares entries and bytes with a case's list; the first and last three where it is long.
void expect_tensors(const SafetensorsFile& file, const boost::json::object& wanted) {
  const auto& rows = wanted.at("tensors").as_array();
  const std::size_t count = wanted.contains("count") ? 5000 : rows.size();
  ASSERT_EQ(file.entries().size(), count);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t at = i < 3 || count == rows.size() ? i : count - rows.size() + i;
    const SafetensorsFile::Entry& entry = file.entries()[at];
    const auto& row = rows[i].as_object();
    EXPECT_EQ(entry.name, text(row.at("name")));
    EXPECT_EQ(entry.dtype, text(row.at("dtype")));
    EXPECT_EQ(entry.shape, shape_of(row.at("shape")));
    EXPECT_EQ(2 * (entry.end - entry.begin), row.at("hex").as_string().size());
    if (entry.dtype.starts_with("F6_")) {
      EXPECT_THROW((void)file.get(entry.name), Error);
      continue;
    }
    const Tensor tensor = file.get(entry.name);
    EXPECT_EQ(bytes_of(tensor), testing::from_hex(row.at("hex").as_string())) << entry.name;
    const auto item = static_cast<std::uintptr_t>(size_bytes(tensor.dtype()));
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(tensor.data()) % item, 0U) << entry.name;
  }
}

TEST(SafetensorsTest, JudgesEachCaseAsTheReferenceDoes) {
  TempFolder folder;
  std::size_t refused = 0;
  for (const auto& row : cases().at("files").as_array()) {
    const auto& wanted = row.as_object();
    SCOPED_TRACE(text(wanted.at("name")));
    const auto path = folder.put("case.safetensors", unpack(wanted.at("file")));
    for (const bool mmap : {true, false}) {
      try {
        const SafetensorsFile file = SafetensorsFile::open(path, {mmap});
        ASSERT_FALSE(wanted.contains("error")) << "accepted, expected " << wanted.at("error");
        expect_tensors(file, wanted);
        EXPECT_EQ(
            file.metadata(),
            (boost::json::value_to<std::map<std::string, std::string>>(wanted.at("metadata"))));
      } catch (const Error& e) {
        ASSERT_TRUE(wanted.contains("error")) << e.what();
        EXPECT_EQ(e.code(), ErrorCode::kFormat);
        EXPECT_TRUE(e.message().starts_with(path.string() + ": " + text(wanted.at("error")) + ": "))
            << e.what();
        ++refused;
      }
    }
  }
  EXPECT_EQ(refused, 2U * 124);
}

TEST(SafetensorsTest, JudgesEachShardedFolder) {
  for (const auto& row : cases().at("folders").as_array()) {
    const auto& wanted = row.as_object();
    SCOPED_TRACE(text(wanted.at("name")));
    TempFolder folder;
    for (const auto& [name, packed] : wanted.at("files").as_object())
      folder.put("repo/" + std::string(name), unpack(packed));
    const auto index = folder.put("repo/model.safetensors.index.json", unpack(wanted.at("index")));
    for (const auto& [name, target] : wanted.at("links").as_object())
      std::filesystem::create_symlink(text(target), folder / "repo" / std::string(name));
    try {
      const StateDict state = read_safetensors_index(index);
      ASSERT_FALSE(wanted.contains("error")) << "accepted, expected " << wanted.at("error");
      const auto& tensors = wanted.at("tensors").as_array();
      ASSERT_EQ(state.size(), tensors.size());
      for (const auto& tensor : tensors) {
        const Tensor* found = state.find(text(tensor.at("name")));
        ASSERT_NE(found, nullptr);
        EXPECT_EQ(bytes_of(*found), testing::from_hex(tensor.at("hex").as_string()));
      }
    } catch (const Error& e) {
      ASSERT_TRUE(wanted.contains("error")) << e.what();
      const std::string error = text(wanted.at("error"));
      const bool io = error == "IO";
      EXPECT_EQ(e.code(), io ? ErrorCode::kIo : ErrorCode::kFormat) << e.what();
      EXPECT_NE(e.message().find(io ? "No such file" : ": " + error + ": "), std::string::npos)
          << e.what();
    }
  }
}

TEST(SafetensorsTest, SaysWhatAFileReallyIs) {
  TempFolder folder;
  const std::pair<std::string, std::string> files[] = {
      {"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "got a git-lfs pointer"},
      {"<!DOCTYPE html><html></html>", "got a web page"},
      {"\n<html><body>404</body></html>", "got a web page"},
      {std::string("PK\x03\x04\x00\x00\x08\x08\x00\x00", 10), "got a zip archive"},
      {"", "got an empty file"},
  };
  for (const auto& [content, wanted] : files) {
    const auto path = folder.put("x.safetensors", content);
    try {
      (void)SafetensorsFile::open(path);
      FAIL() << wanted;
    } catch (const Error& e) {
      EXPECT_NE(e.message().find(wanted), std::string::npos) << e.what();
      EXPECT_FALSE(e.hint().empty());
    }
  }
}

StateDict sample() {
  StateDict state;
  state.add("b", Tensor::of<float>({1.5F, -2, 3, 4, 5, 6}, {2, 3}));
  state.add("a", Tensor::of<std::int64_t>({1, 2}, {2}));
  state.add("flag", Tensor::zeros({}, DType::kBool));
  state.add("none", Tensor::empty({0, 4}, DType::kFloat16));
  return state;
}

TEST(SafetensorsTest, MapsAlignedTensorsWithoutCopyAndNeverWritesBack) {
  TempFolder folder;
  const auto path = folder / "m.safetensors";
  write_safetensors(path, sample());
  const std::string before = read_file(path);
  const SafetensorsFile file = SafetensorsFile::open(path);
  Tensor first = file.get("b");
  const Tensor again = file.get("b");
  EXPECT_EQ(first.data(), again.data()) << "both view the mapping";
  first.values<float>()[0] = 9;
  EXPECT_EQ(again.values<float>()[0], 9);
  EXPECT_TRUE(read_file(path) == before);
  EXPECT_EQ(SafetensorsFile::open(path).get("b").values<float>()[0], 1.5F);
}

TEST(SafetensorsTest, KeepsTensorsAliveAfterTheFileIsClosedAndReplaced) {
  TempFolder folder;
  const auto path = folder / "m.safetensors";
  write_safetensors(path, sample());
  for (const bool mmap : {true, false}) {
    const Tensor kept = SafetensorsFile::open(path, {mmap}).get("a");
    write_safetensors(path, sample());
    EXPECT_EQ(kept.values<std::int64_t>()[1], 2);
  }
}

TEST(SafetensorsTest, ReadsFourBitFloatsAsPairs) {
  TempFolder folder;
  for (const auto& row : cases().at("files").as_array()) {
    if (text(row.at("name")) != "v06") continue;
    const auto path = folder.put("f4.safetensors", unpack(row.at("file")));
    const Tensor tensor = SafetensorsFile::open(path).get("f4");
    EXPECT_EQ(tensor.dtype(), DType::kFloat4E2M1FNX2);
    EXPECT_EQ(to_string(tensor.shape()), "[3, 2]");
    StateDict state;
    state.add("f4", tensor);
    write_safetensors(folder / "again.safetensors", state);
    EXPECT_EQ(to_string(SafetensorsFile::open(folder / "again.safetensors").entries()[0].shape),
              "[3, 4]");
  }
}

TEST(SafetensorsTest, RefusesBoolBytesOtherThanZeroAndOne) {
  TempFolder folder;
  const std::string header = R"({"a":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}} )";
  const std::string prefix(1, static_cast<char>(header.size()));
  const auto path =
      folder.put("b.safetensors", text::concat(prefix, std::string(7, '\0'), header, "\x01\x02"));
  const SafetensorsFile file = SafetensorsFile::open(path);
  try {
    (void)file.get("a");
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ErrorCode::kFormat);
    EXPECT_NE(e.message().find("BAD_BOOL"), std::string::npos) << e.what();
  }
}

TEST(SafetensorsTest, NamesNearTensorsForAnUnknownName) {
  TempFolder folder;
  write_safetensors(folder / "m.safetensors", sample());
  const SafetensorsFile file = SafetensorsFile::open(folder / "m.safetensors");
  try {
    (void)file.get("flags");
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ErrorCode::kKey);
    EXPECT_NE(std::string(e.what()).find("Nearest: flag"), std::string::npos) << e.what();
  }
}

TEST(SafetensorsTest, SaysMissingWhenTheFileIsAbsentOrAFolder) {
  TempFolder folder;
  for (const bool mmap : {true, false}) {
    for (const auto& path : {folder / "none.safetensors", folder.path()}) {
      try {
        (void)SafetensorsFile::open(path, {mmap});
        FAIL();
      } catch (const Error& e) {
        EXPECT_EQ(e.code(), ErrorCode::kIo);
        EXPECT_TRUE(e.message().starts_with(path.string() + ": ")) << e.what();
      }
    }
  }
}

}  // namespace
}  // namespace hezar::io
