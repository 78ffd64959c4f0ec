#include <table_arrow/text_column_reader.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

#include <arrow/array.h>
#include <arrow/io/file.h>
#include <arrow/record_batch.h>
#include <arrow/util/checked_cast.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/schema.h>
#include <parquet/exception.h>
#include <parquet/file_reader.h>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <table_arrow/status.hpp>

namespace hezar::table {

namespace {

constexpr std::int64_t kBatchRows = 1024;
constexpr std::int64_t kBufferBytes = 1 << 20;

/// Parquet's own functions throw, Arrow's return a status.
template <class Function>
auto guarded(const std::string& file, const Function& function) {
  try {
    return function();
  } catch (const parquet::ParquetException& error) {
    throw expected_error(ErrorCode::kFormat, file, "a Parquet file", error.what());
  }
}

std::unique_ptr<parquet::arrow::FileReader> open(const std::string& file) {
  std::error_code ignored;
  const auto status = std::filesystem::status(file, ignored);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    throw expected_error(
        ErrorCode::kIo, file, "a readable file",
        std::filesystem::is_directory(status) ? "a directory" : "a pipe, socket or device");
  }
  const auto opened = arrow::io::ReadableFile::Open(file);
  if (!opened.ok()) {
    throw expected_error(ErrorCode::kIo, file, "a readable file", opened.status().message());
  }
  // Otherwise a whole column of a row group is read before its first row.
  parquet::ReaderProperties properties = parquet::default_reader_properties();
  properties.enable_buffered_stream();
  properties.set_buffer_size(kBufferBytes);
  parquet::ArrowReaderProperties arrow_properties(/*use_threads=*/false);
  arrow_properties.set_batch_size(kBatchRows);
  arrow_properties.set_pre_buffer(false);
  parquet::arrow::FileReaderBuilder builder;
  check(builder.Open(*opened, properties), file);
  builder.properties(arrow_properties);
  return check(builder.Build(), file);
}

bool holds_texts(const arrow::DataType& type) {
  switch (type.id()) {
    case arrow::Type::STRING:
    case arrow::Type::LARGE_STRING:
    case arrow::Type::STRING_VIEW:
    case arrow::Type::BINARY:
    case arrow::Type::LARGE_BINARY:
    case arrow::Type::BINARY_VIEW:
      return true;
    case arrow::Type::DICTIONARY:
      return holds_texts(
          *arrow::internal::checked_cast<const arrow::DictionaryType&>(type).value_type());
    default:
      return false;
  }
}

std::string_view text_at(const arrow::Array& array, std::int64_t i) {
  using arrow::internal::checked_cast;
  switch (array.type_id()) {
    case arrow::Type::DICTIONARY: {
      const auto& encoded = checked_cast<const arrow::DictionaryArray&>(array);
      return text_at(*encoded.dictionary(), encoded.GetValueIndex(i));
    }
    case arrow::Type::LARGE_STRING:
    case arrow::Type::LARGE_BINARY:
      return checked_cast<const arrow::LargeBinaryArray&>(array).GetView(i);
    case arrow::Type::STRING_VIEW:
    case arrow::Type::BINARY_VIEW:
      return checked_cast<const arrow::BinaryViewArray&>(array).GetView(i);
    default:
      return checked_cast<const arrow::BinaryArray&>(array).GetView(i);
  }
}

/// The field that `column` names; the only one, or "text", where it names none.
int find_column(const arrow::Schema& schema, const std::string& column, const std::string& file) {
  const int index = schema.GetFieldIndex(column.empty() ? "text" : column);
  if (index >= 0) return index;
  const std::vector<std::string> names = schema.field_names();
  if (!column.empty()) {
    throw unknown_name_error(ErrorCode::kKey, file, "a column of the file", column, names);
  }
  if (names.size() == 1) return 0;
  throw expected_error(ErrorCode::kKey, file, "a column \"text\"", text::join(names, ", "),
                       "Say which one with --column");
}

class ParquetTextReader : public TextColumnReader {
 public:
  ParquetTextReader(std::string file, const std::string& column)
      : file_(std::move(file)), reader_(open(file_)) {
    std::shared_ptr<arrow::Schema> schema;
    check(reader_->GetSchema(&schema), file_);
    const int index = find_column(*schema, column, file_);
    const arrow::Field& field = *schema->field(index);
    if (!holds_texts(*field.type())) {
      throw expected_error(ErrorCode::kFormat,
                           text::concat(file_, ": column \"", field.name(), '"'), "texts",
                           field.type()->ToString(), "Name another with --column.");
    }
    rows_ = reader_->parquet_reader()->metadata()->num_rows();
    std::vector<int> groups(static_cast<std::size_t>(reader_->num_row_groups()));
    for (std::size_t i = 0; i < groups.size(); ++i) groups[i] = static_cast<int>(i);
    const int leaf =
        reader_->manifest().schema_fields.at(static_cast<std::size_t>(index)).column_index;
    batches_ = check(reader_->GetRecordBatchReader(groups, {leaf}), file_);
  }

  bool next(TextRow& row) override {
    while (array_ == nullptr || position_ == array_->length()) {
      if (!read_batch()) return false;
    }
    const std::int64_t at = position_++;
    row.number = ++number_;
    const bool is_null = array_->type_id() == arrow::Type::DICTIONARY ? is_null_in_dictionary(at)
                                                                      : array_->IsNull(at);
    row.is_null = is_null;
    row.text = is_null ? std::string_view() : text_at(*array_, at);
    return true;
  }

  [[nodiscard]] std::int64_t rows() const override { return rows_; }

 private:
  [[nodiscard]] bool is_null_in_dictionary(std::int64_t at) const {
    const auto& encoded = arrow::internal::checked_cast<const arrow::DictionaryArray&>(*array_);
    return encoded.IsNull(at) || encoded.dictionary()->IsNull(encoded.GetValueIndex(at));
  }

  bool read_batch() {
    return guarded(file_, [this] {
      std::shared_ptr<arrow::RecordBatch> batch;
      check(batches_->ReadNext(&batch), file_);
      position_ = 0;
      array_ = batch == nullptr ? nullptr : batch->column(0);
      return batch != nullptr;
    });
  }

  std::string file_;
  std::unique_ptr<parquet::arrow::FileReader> reader_;
  std::unique_ptr<arrow::RecordBatchReader> batches_;
  std::shared_ptr<arrow::Array> array_;
  std::int64_t position_ = 0;
  std::int64_t number_ = 0;
  std::int64_t rows_ = 0;
};

}  // namespace

std::unique_ptr<TextColumnReader> open_text_column(const std::filesystem::path& file,
                                                   const std::string& column) {
  const std::string name = file.string();
  return guarded(name, [&] { return std::make_unique<ParquetTextReader>(name, column); });
}

}  // namespace hezar::table
