#include <table/backend.hpp>

#include <utility>

#include <table_arrow/row_writer.hpp>
#include <table_arrow/text_column_reader.hpp>

namespace hezar::table {

namespace {

class ArrowBackend : public Backend {
 public:
  ArrowBackend() { set_backend(*this); }

  [[nodiscard]] std::unique_ptr<TextColumnReader> read_text_column(
      const std::filesystem::path& file, const std::string& column) const override {
    return open_text_column(file, column);
  }
  [[nodiscard]] std::unique_ptr<RowWriter> write_rows(std::vector<ColumnType> columns,
                                                      ByteSink sink,
                                                      const WriterOptions& options) const override {
    return make_row_writer(std::move(columns), std::move(sink), options);
  }
  void stream_to_parquet(const std::filesystem::path& stream, const ByteSink& sink) const override {
    convert_stream(stream, sink);
  }
};

// Made when libhezar opens this library, which is never closed.
const ArrowBackend kBackend;

}  // namespace

}  // namespace hezar::table
