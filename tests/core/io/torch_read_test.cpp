#include <string>

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
using testing::text;

const boost::json::value& cases() {
  static const boost::json::value all = testing::read_cases("torch_cases.json");
  return all;
}

const boost::json::object& case_named(std::string_view group, std::string_view name) {
  for (const auto& row : cases().at(std::string(group)).as_array())
    if (row.at("name").as_string() == name) return row.as_object();
  ADD_FAILURE() << "no case " << name;
  return cases().as_object();
}

std::vector<std::int64_t> numbers(const boost::json::value& json) {
  return boost::json::value_to<std::vector<std::int64_t>>(json);
}

void expect_tensors(const StateDict& state, const boost::json::array& rows) {
  ASSERT_EQ(state.size(), rows.size());
  auto item = state.begin();
  for (const auto& row : rows) {
    const auto& [name, tensor] = *item++;
    SCOPED_TRACE(name);
    EXPECT_EQ(name, text(row.at("name")));
    EXPECT_EQ(to_string(tensor.dtype()), text(row.at("dtype")));
    EXPECT_EQ(to_string(tensor.shape()), to_string(numbers(row.at("shape"))));
    EXPECT_EQ(to_string(tensor.strides()), to_string(numbers(row.at("strides"))));
    EXPECT_EQ(bytes_of(tensor), testing::from_hex(row.at("hex").as_string()));
  }
}

TEST(TorchReadTest, ReadsWhatTorchSaved) {
  TempFolder folder;
  for (const auto& row : cases().at("good").as_array()) {
    SCOPED_TRACE(text(row.at("name")));
    const auto path = folder.put("case.pt", testing::unpack(row.at("file")));
    for (const bool mmap : {true, false})
      expect_tensors(read_torch(path, {mmap}), row.at("tensors").as_array());
  }
}

TEST(TorchReadTest, RefusesEachBadFileByName) {
  TempFolder folder;
  for (const auto& row : cases().at("bad").as_array()) {
    const auto& wanted = row.as_object();
    SCOPED_TRACE(text(wanted.at("name")));
    const auto path = folder.put("case.pt", testing::unpack(wanted.at("file")));
    try {
      (void)read_torch(path);
      ADD_FAILURE() << "accepted, expected " << wanted.at("error");
    } catch (const Error& e) {
      EXPECT_EQ(e.code(), ErrorCode::kFormat) << e.what();
      EXPECT_TRUE(e.message().starts_with(path.string() + ": ")) << e.what();
      EXPECT_NE(e.message().find(text(wanted.at("error"))), std::string::npos) << e.what();
      const std::string hint = wanted.contains("hint") ? text(wanted.at("hint")) : "";
      EXPECT_NE(e.hint().find(hint), std::string::npos) << e.what();
      EXPECT_LT(e.message().size(), 600U);
    }
  }
}

TEST(TorchReadTest, SharesMemoryWhereTheFileSharesAStorage) {
  TempFolder folder;
  const auto path = folder.put("m.pt", testing::unpack(case_named("good", "shared").at("file")));
  const std::string before = read_file(path);
  for (const bool mmap : {true, false}) {
    const StateDict state = read_torch(path, {mmap});
    const auto* base = static_cast<const std::byte*>(state.find("base")->data());
    EXPECT_EQ(state.find("tied")->data(), base);
    EXPECT_EQ(state.find("square")->data(), base);
    EXPECT_EQ(state.find("tail")->data(), base + 4 * sizeof(float));
    Tensor tied = *state.find("tied");
    tied.values<float>()[4] = 42;
    EXPECT_EQ(state.find("tail")->values<float>()[0], 42);
    EXPECT_EQ(state.find("other")->values<float>()[4], 5);
  }
  EXPECT_TRUE(read_file(path) == before) << "writing to weights never reaches the file";
}

TEST(TorchReadTest, ViewsTheFileWhereAlignedAndCopiesElsewhere) {
  TempFolder folder;
  const auto aligned =
      folder.put("a.pt", testing::unpack(case_named("good", "plain dict").at("file")));
  const StateDict state = read_torch(aligned);
  EXPECT_EQ(state.find("a")->owner(), state.find("لایه")->owner()) << "both keep the mapping";
  const auto shifted =
      folder.put("m.pt", testing::unpack(case_named("good", "misaligned").at("file")));
  for (const auto& [name, tensor] : read_torch(shifted)) {
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(tensor.data()) % 8, 0U) << name;
  }
}

TEST(TorchReadTest, RefusesAFileCutAnywhere) {
  TempFolder folder;
  const std::string whole = testing::unpack(case_named("good", "norm").at("file"));
  for (std::size_t size = 0; size < whole.size(); size += 64) {
    const auto path = folder.put("cut.pt", whole.substr(0, size));
    EXPECT_THROW((void)read_torch(path), Error) << size;
  }
}

TEST(TorchReadTest, SaysMissingWhenTheFileIsAbsent) {
  TempFolder folder;
  try {
    (void)read_torch(folder / "none.pt");
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ErrorCode::kIo);
    EXPECT_NE(e.message().find("none.pt: expected"), std::string::npos) << e.what();
  }
}

}  // namespace
}  // namespace hezar::io
