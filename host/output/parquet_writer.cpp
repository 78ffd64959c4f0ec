#include <output/parquet_writer.hpp>

#include <algorithm>
#include <optional>
#include <utility>

#include <output/prediction_table.hpp>

#include <hezar/config/described.hpp>
#include <hezar/table/writer.hpp>

namespace hezar::host {

namespace {

class ParquetWriter : public EntryWriter {
 public:
  ParquetWriter(Sink sink, EntryShape shape, bool is_stream)
      : sink_(std::move(sink)), shape_(std::move(shape)), is_stream_(is_stream) {}

  void add(const std::string& input, const boost::json::value& entry) override {
    if (!table_) choose_columns(entry);
    if (!writer_) open();
    if (!table_->is_flat || !entry.is_array()) {
      add_row(input, table_->is_flat ? entry.as_object()
                                     : boost::json::object{{table_->columns.at(0).name, entry}});
      return;
    }
    if (entry.get_array().empty()) add_row(input, {});
    for (const boost::json::value& item : entry.get_array()) add_row(input, item.as_object());
  }
  void skip() override {}
  void end_window() override {
    if (writer_) writer_->end_group();
  }
  void end() override {
    if (!table_) table_.emplace();
    if (!writer_) open();
    writer_->end();
  }

  [[nodiscard]] boost::json::value state() const override {
    return table_ ? to_json_value(*table_) : nullptr;
  }
  void restore(const boost::json::value& state) override {
    if (state.is_null()) return;
    table_ = read_config<TableShape>({state.as_object(), {}, "progress file"});
    continues_ = true;
  }

 private:
  void choose_columns(const boost::json::value& entry) {
    table_ = shape_.table(entry);
    const auto is_input = [&](const table::ColumnType& column) {
      return column.name == shape_.input_column;
    };
    if (std::none_of(table_->columns.begin(), table_->columns.end(), is_input)) return;
    // Its name is the input's, so the whole entry becomes one column.
    table_ = {{{std::string(kPredictionColumn), table::ColumnKind::kStruct, table_->columns}},
              false};
  }

  void open() {
    std::vector<table::ColumnType> columns = {
        {shape_.input_column, table::ColumnKind::kString, {}}};
    columns.insert(columns.end(), table_->columns.begin(), table_->columns.end());
    using table::TableFormat;
    const auto format = is_stream_ ? TableFormat::kArrowStream : TableFormat::kParquet;
    writer_ = table::write_rows(std::move(columns), sink_, {format, continues_});
  }

  void add_row(const std::string& input, boost::json::object row) {
    row[shape_.input_column] = input;
    writer_->add(row);
  }

  Sink sink_;
  EntryShape shape_;
  bool is_stream_;
  bool continues_ = false;
  std::optional<TableShape> table_;
  std::unique_ptr<table::RowWriter> writer_;
};

}  // namespace

std::unique_ptr<EntryWriter> make_parquet_writer(Sink sink, EntryShape shape, bool is_stream) {
  return std::make_unique<ParquetWriter>(std::move(sink), std::move(shape), is_stream);
}

}  // namespace hezar::host
