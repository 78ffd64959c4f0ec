#include <table_arrow/row_writer.hpp>

#include <cstdint>
#include <string>
#include <utility>

#include <arrow/array/builder_base.h>
#include <arrow/io/file.h>
#include <arrow/ipc/reader.h>
#include <arrow/record_batch.h>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <table_arrow/array_builder.hpp>
#include <table_arrow/batch_output.hpp>
#include <table_arrow/status.hpp>

namespace hezar::table {

namespace {

// Offsets of texts in a batch are 32 bits.
constexpr std::int64_t kMaxRows = 65536;
constexpr std::size_t kMaxTextBytes = std::size_t{512} << 20U;

class ArrowRowWriter : public RowWriter {
 public:
  ArrowRowWriter(std::vector<ColumnType> columns, ByteSink sink, const WriterOptions& options)
      : columns_(std::move(columns)),
        schema_(schema_of(columns_)),
        output_(make_batch_output(schema_, std::move(sink), options)) {
    for (const auto& field : schema_->fields()) {
      builders_.push_back(check(arrow::MakeBuilder(field->type()), "table"));
    }
  }

  void add(const boost::json::object& row) override {
    std::size_t found = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const boost::json::value* value = row.if_contains(columns_[i].name);
      if (value != nullptr) ++found;
      if (value != nullptr && value->is_string()) text_bytes_ += value->get_string().size();
      append(*builders_[i], columns_[i], value == nullptr ? boost::json::value() : *value);
    }
    if (found != row.size()) refuse_unknown(row);
    if (++rows_ == kMaxRows || text_bytes_ >= kMaxTextBytes) end_group();
  }

  void end_group() override {
    if (rows_ == 0) return;
    std::vector<std::shared_ptr<arrow::Array>> arrays;
    for (const auto& builder : builders_) arrays.push_back(check(builder->Finish(), "table"));
    output_->write(*arrow::RecordBatch::Make(schema_, rows_, std::move(arrays)));
    rows_ = 0;
    text_bytes_ = 0;
  }

  void end() override {
    end_group();
    output_->end();
  }

 private:
  [[noreturn]] void refuse_unknown(const boost::json::object& row) const {
    std::vector<std::string> names;
    for (const ColumnType& column : columns_) names.push_back(column.name);
    for (const auto& item : row) {
      if (schema_->GetFieldIndex(std::string(item.key())) >= 0) continue;
      throw unknown_name_error(ErrorCode::kValue, "table", "a column of the first row", item.key(),
                               names, "Write .jsonl, where rows may differ.");
    }
    throw expected_error(ErrorCode::kValue, "table", "columns of different names",
                         text::join(names, ", "));
  }

  std::vector<ColumnType> columns_;
  std::shared_ptr<arrow::Schema> schema_;
  std::unique_ptr<BatchOutput> output_;
  std::vector<std::unique_ptr<arrow::ArrayBuilder>> builders_;
  std::int64_t rows_ = 0;  // in the builders
  std::size_t text_bytes_ = 0;
};

}  // namespace

std::unique_ptr<RowWriter> make_row_writer(std::vector<ColumnType> columns, ByteSink sink,
                                           const WriterOptions& options) {
  return std::make_unique<ArrowRowWriter>(std::move(columns), std::move(sink), options);
}

void convert_stream(const std::filesystem::path& stream, const ByteSink& sink) {
  const std::string name = stream.string();
  const auto file = check(arrow::io::ReadableFile::Open(name), name);
  const auto reader = check(arrow::ipc::RecordBatchStreamReader::Open(file), name);
  const auto output = make_batch_output(reader->schema(), sink, {});
  while (true) {
    std::shared_ptr<arrow::RecordBatch> batch;
    check(reader->ReadNext(&batch), name);
    if (batch == nullptr) break;
    output->write(*batch);
  }
  output->end();
}

}  // namespace hezar::table
