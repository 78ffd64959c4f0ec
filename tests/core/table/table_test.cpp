#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <hezar/error/error.hpp>
#include <hezar/table/reader.hpp>
#include <hezar/table/writer.hpp>

namespace hezar::table {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const ColumnType kText = {"text", ColumnKind::kString, {}};

class TableTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "hezar-table-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string path(const char* name) const { return (folder_ / name).string(); }

  /// Appends rows to a file.
  static void write(const std::string& file, const std::vector<ColumnType>& columns,
                    const std::vector<boost::json::object>& rows,
                    const WriterOptions& options = {}) {
    std::ofstream stream(file, std::ios::binary | std::ios::app);
    const auto writer =
        write_rows(columns, [&](std::string_view bytes) { stream << bytes; }, options);
    for (const boost::json::object& row : rows) writer->add(row);
    writer->end();
  }
  static std::vector<std::optional<std::string>> texts(const std::string& file,
                                                       const std::string& column = {}) {
    const auto reader = read_text_column(file, column);
    std::vector<std::optional<std::string>> out;
    TextRow row;
    while (reader->next(row)) {
      out.push_back(row.is_null ? std::nullopt : std::optional(row.text));
      EXPECT_EQ(row.number, std::ssize(out));
    }
    EXPECT_EQ(reader->rows(), std::ssize(out));
    return out;
  }
  /// What the reader calls the type of a column that holds no texts.
  static std::string type_of(const std::string& file, const std::string& column) {
    return message([&] { static_cast<void>(read_text_column(file, column)); });
  }
  template <class Function>
  static std::string message(const Function& function) {
    try {
      function();
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  }

 private:
  std::filesystem::path folder_;
};

TEST_F(TableTest, ReadsTheTextsItWrote) {
  const std::string file = path("a.parquet");
  write(file, {kText}, {{{"text", "سلام"}}, {}, {{"text", ""}}, {{"text", nullptr}}});
  EXPECT_THAT(texts(file), ElementsAre("سلام", std::nullopt, "", std::nullopt));
}

TEST_F(TableTest, TakesTheColumnThatIsNamedOrCalledText) {
  const std::string file = path("a.parquet");
  write(file, {{"a", ColumnKind::kString, {}}, kText}, {{{"a", "x"}, {"text", "y"}}});
  EXPECT_THAT(texts(file), ElementsAre("y"));
  EXPECT_THAT(texts(file, "a"), ElementsAre("x"));
  EXPECT_THAT(type_of(file, "b"), HasSubstr("expected a column of the file"));
}

TEST_F(TableTest, WritesEachTypeAsItself) {
  const std::string file = path("a.parquet");
  const ColumnType number = {{}, ColumnKind::kFloat32, {}};
  const ColumnType label = {
      {},
      ColumnKind::kStruct,
      {{"label", ColumnKind::kString, {}}, {"start", ColumnKind::kInt64, {}}}};
  write(file,
        {{"id", ColumnKind::kInt64, {}},
         {"score", ColumnKind::kFloat64, {}},
         {"good", ColumnKind::kBool, {}},
         {"vector", ColumnKind::kList, {number}},
         {"labels", ColumnKind::kList, {label}}},
        {{{"id", 1},
          {"score", 1},
          {"good", true},
          {"vector", {0.5, 1}},
          {"labels", {{{"label", "a"}, {"start", nullptr}}}}}});
  EXPECT_THAT(type_of(file, "id"), HasSubstr("got int64"));
  EXPECT_THAT(type_of(file, "score"), HasSubstr("got double"));
  EXPECT_THAT(type_of(file, "good"), HasSubstr("got bool"));
  EXPECT_THAT(type_of(file, "vector"), HasSubstr("got list<element: float>"));
  EXPECT_THAT(type_of(file, "labels"),
              HasSubstr("got list<element: struct<label: string, start: int64>>"));
}

TEST_F(TableTest, RefusesValuesOfAnotherTypeAndUnknownColumns) {
  const auto refusal = [&](const boost::json::object& row) {
    return message(
        [&] { write(path("a.parquet"), {{"id", ColumnKind::kInt64, {}}, kText}, {row}); });
  };
  EXPECT_THAT(refusal({{"id", "x"}}), HasSubstr("column \"id\": expected an integer, got \"x\""));
  EXPECT_THAT(refusal({{"id", 0.5}}), HasSubstr("expected an integer, got 0.5"));
  EXPECT_THAT(refusal({{"texts", "x"}}), HasSubstr("Nearest: text"));
  EXPECT_EQ(refusal({{"text", 5}}), "no error") << "other values are text as JSON";
}

TEST_F(TableTest, GoesOnWithAStream) {
  const WriterOptions first = {TableFormat::kArrowStream, false};
  const WriterOptions second = {TableFormat::kArrowStream, true};
  const std::string stream = path("a.stream");
  write(stream, {kText}, {{{"text", "a"}}}, first);
  write(stream, {kText}, {{{"text", "b"}}, {{"text", "c"}}}, second);
  const std::string file = path("a.parquet");
  {
    std::ofstream out(file, std::ios::binary);
    stream_to_parquet(stream, [&](std::string_view bytes) { out << bytes; });
  }
  EXPECT_THAT(texts(file), ElementsAre("a", "b", "c"));
}

TEST_F(TableTest, PassesOnWhatTheSinkThrows) {
  const auto full = [](std::string_view) { throw std::runtime_error("full"); };
  for (const TableFormat format : {TableFormat::kParquet, TableFormat::kArrowStream}) {
    EXPECT_THROW(
        {
          const auto writer = write_rows({kText}, full, {format, false});
          writer->add({{"text", "a"}});
          writer->end();
        },
        std::runtime_error);
  }
}

TEST_F(TableTest, SaysWhatIsNoParquetFile) {
  write(path("a.parquet"), {kText}, {{{"text", "a"}}});
  std::filesystem::resize_file(path("a.parquet"), 60);
  EXPECT_THAT(type_of(path("a.parquet"), "text"), HasSubstr("a.parquet: expected a"));
  EXPECT_THAT(type_of(path("absent.parquet"), "text"), HasSubstr("expected a readable file"));
  std::filesystem::create_directory(path("b.parquet"));
  EXPECT_THAT(type_of(path("b.parquet"), "text"), HasSubstr("got a directory"));
}

}  // namespace
}  // namespace hezar::table
