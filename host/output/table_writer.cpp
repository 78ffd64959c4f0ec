#include <output/table_writer.hpp>

#include <optional>
#include <utility>

#include <fmt/format.h>

#include <terminal/table.hpp>

#include <hezar/config/json.hpp>

namespace hezar::host {

namespace {

std::vector<std::string> header_of(const EntryShape& shape, const boost::json::object& row) {
  std::vector<std::string> header;
  if (!shape.input_column.empty()) header.push_back(shape.input_column);
  for (const auto& item : row) header.emplace_back(item.key());
  return header;
}

std::string exact(const boost::json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  return value.is_null() ? std::string() : json::write(value);
}

std::string rounded(const boost::json::value& value) {
  return value.is_double() ? fmt::format("{:.4f}", value.get_double()) : exact(value);
}

/// The row's values in the order of the header, whatever keys this row has.
template <class Text>
std::vector<std::string> cells_of(const EntryShape& shape, const std::string& input,
                                  const boost::json::object& row,
                                  const std::vector<std::string>& header, Text text) {
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (i == 0 && !shape.input_column.empty()) {
      cells.push_back(input);
      continue;
    }
    const boost::json::value* value = row.if_contains(header[i]);
    cells.push_back(value == nullptr ? std::string() : text(*value));
  }
  return cells;
}

class TableWriter : public EntryWriter {
 public:
  TableWriter(Sink sink, Style style, EntryShape shape)
      : sink_(std::move(sink)), style_(style), shape_(std::move(shape)) {}

  void add(const std::string& input, const boost::json::value& entry) override {
    bool first = true;
    for (const boost::json::object& row : shape_.rows(entry)) {
      if (!table_) {
        header_ = header_of(shape_, row);
        table_.emplace(header_, style_);
      }
      table_->add(cells_of(shape_, first ? input : std::string(), row, header_, rounded));
      first = false;
    }
  }
  void skip() override {}
  void end_window() override {
    if (table_) sink_(table_->take());
  }

 private:
  Sink sink_;
  Style style_;
  EntryShape shape_;
  std::vector<std::string> header_;
  std::optional<Table> table_;
};

class CsvWriter : public EntryWriter {
 public:
  CsvWriter(Sink sink, EntryShape shape) : sink_(std::move(sink)), shape_(std::move(shape)) {}

  void add(const std::string& input, const boost::json::value& entry) override {
    for (const boost::json::object& row : shape_.rows(entry)) {
      if (header_.empty()) {
        header_ = header_of(shape_, row);
        put(header_);
      }
      put(cells_of(shape_, input, row, header_, exact));
    }
  }
  void skip() override {}
  [[nodiscard]] boost::json::value state() const override {
    return boost::json::value_from(header_);
  }
  void restore(const boost::json::value& state) override {
    header_ = boost::json::value_to<std::vector<std::string>>(state);
  }

 private:
  void put(const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) line.push_back(',');
      append_field(line, cells[i]);
    }
    sink_(line + "\n");
  }

  static void append_field(std::string& line, const std::string& cell) {
    if (cell.find_first_of(",\"\r\n") == std::string::npos) {
      line.append(cell);
      return;
    }
    line.push_back('"');
    for (const char c : cell) {
      if (c == '"') line.push_back('"');
      line.push_back(c);
    }
    line.push_back('"');
  }

  Sink sink_;
  EntryShape shape_;
  std::vector<std::string> header_;
};

}  // namespace

std::unique_ptr<EntryWriter> make_table_writer(Sink sink, Style style, EntryShape shape) {
  return std::make_unique<TableWriter>(std::move(sink), style, std::move(shape));
}

std::unique_ptr<EntryWriter> make_csv_writer(Sink sink, EntryShape shape) {
  return std::make_unique<CsvWriter>(std::move(sink), std::move(shape));
}

}  // namespace hezar::host
