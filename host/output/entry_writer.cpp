#include <output/entry_writer.hpp>

#include <utility>

#include <output/parquet_writer.hpp>
#include <output/table_writer.hpp>

#include <hezar/config/json.hpp>

namespace hezar::host {

namespace {

/// Streams the document that json::write gives for the whole list.
class JsonWriter : public EntryWriter {
 public:
  explicit JsonWriter(Sink sink) : sink_(std::move(sink)) {}

  void add(const std::string& /*input*/, const boost::json::value& entry) override { put(entry); }
  void skip() override { put(nullptr); }
  void end() override { sink_(empty_ ? "[]\n" : "\n]\n"); }
  [[nodiscard]] boost::json::value state() const override { return empty_; }
  void restore(const boost::json::value& state) override { empty_ = state.as_bool(); }

 private:
  static constexpr int kIndent = 2;

  void put(const boost::json::value& entry) {
    sink_(empty_ ? "[\n" : ",\n");
    empty_ = false;
    std::string indented(kIndent, ' ');
    for (const char c : json::write(entry, kIndent)) {
      indented.push_back(c);
      if (c == '\n') indented.append(kIndent, ' ');
    }
    sink_(indented);
  }

  Sink sink_;
  bool empty_ = true;
};

class JsonLinesWriter : public EntryWriter {
 public:
  explicit JsonLinesWriter(Sink sink) : sink_(std::move(sink)) {}

  void add(const std::string& /*input*/, const boost::json::value& entry) override {
    sink_(json::write(entry) + "\n");
  }
  void skip() override { sink_(skipped_line(Format::kJsonLines)); }

 private:
  Sink sink_;
};

class TextWriter : public EntryWriter {
 public:
  TextWriter(Sink sink, EntryShape shape) : sink_(std::move(sink)), shape_(std::move(shape)) {}

  void add(const std::string& /*input*/, const boost::json::value& entry) override {
    std::string line = shape_.line(entry);
    for (char& c : line) {
      if (c == '\n' || c == '\r') c = ' ';  // one line an input
    }
    sink_(line + "\n");
  }
  void skip() override { sink_(skipped_line(Format::kText)); }

 private:
  Sink sink_;
  EntryShape shape_;
};

std::string prediction_line(const boost::json::value& entry) {
  if (entry.is_array()) {
    const boost::json::array& items = entry.get_array();
    if (items.empty()) return {};
    const bool is_sequence = items[0].is_object() && items[0].get_object().contains("token");
    const bool has_label = items[0].is_object() && items[0].get_object().contains("label");
    if (!is_sequence || !has_label) return prediction_line(items[0]);
    std::string line;
    for (const boost::json::value& item : items) {
      const boost::json::object& label = item.as_object();
      if (!line.empty()) line.push_back(' ');
      line.append(std::string_view(label.at("token").as_string()));
      line.push_back('/');
      line.append(std::string_view(label.at("label").as_string()));
    }
    return line;
  }
  if (entry.is_object()) {
    for (const std::string_view key : {"text", "sequence", "label"}) {
      const boost::json::value* value = entry.get_object().if_contains(key);
      if (value != nullptr && value->is_string()) return std::string(value->get_string());
    }
  }
  return json::write(entry);
}

std::vector<boost::json::object> prediction_rows(const boost::json::value& entry) {
  std::vector<boost::json::object> rows;
  if (entry.is_object()) {
    rows.push_back(entry.get_object());
  } else if (entry.is_array() && !entry.get_array().empty() && entry.get_array()[0].is_object()) {
    for (const boost::json::value& item : entry.get_array()) rows.push_back(item.as_object());
  } else {
    rows.push_back({{"prediction", entry}});
  }
  return rows;
}

}  // namespace

std::string_view skipped_line(Format format) {
  return format == Format::kJsonLines ? "null\n" : "\n";
}

std::unique_ptr<EntryWriter> make_entry_writer(Format format, Sink sink, Style style,
                                               EntryShape shape, bool is_stream) {
  switch (format) {
    case Format::kJson:
      return std::make_unique<JsonWriter>(std::move(sink));
    case Format::kJsonLines:
      return std::make_unique<JsonLinesWriter>(std::move(sink));
    case Format::kCsv:
      return make_csv_writer(std::move(sink), std::move(shape));
    case Format::kText:
      return std::make_unique<TextWriter>(std::move(sink), std::move(shape));
    case Format::kParquet:
      return make_parquet_writer(std::move(sink), std::move(shape), is_stream);
    case Format::kTable:
      break;
  }
  return make_table_writer(std::move(sink), style, std::move(shape));
}

EntryShape prediction_shape() {
  return {prediction_rows, prediction_line, "input"};
}

}  // namespace hezar::host
