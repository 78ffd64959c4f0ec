#include <cmath>
#include <string>

#include <config/numbers.hpp>
#include <hezar/config/json.hpp>
#include <hezar/text/utf8.hpp>

namespace hezar::json {

namespace {

void append_escape(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out.push_back(kHex[static_cast<unsigned char>(c) >> 4u]);
      out.push_back(kHex[static_cast<unsigned char>(c) & 0xFu]);
  }
}

bool is_plain(char c) {
  return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

class Writer {
 public:
  explicit Writer(int indent) : indent_(indent > 0 ? static_cast<std::size_t>(indent) : 0) {}

  [[nodiscard]] std::string take() { return std::move(out_); }

  void value(const boost::json::value& value) {
    switch (value.kind()) {
      case boost::json::kind::null:
        out_ += "null";
        return;
      case boost::json::kind::bool_:
        out_ += value.get_bool() ? "true" : "false";
        return;
      case boost::json::kind::int64:
        out_ += std::to_string(value.get_int64());
        return;
      case boost::json::kind::uint64:
        out_ += std::to_string(value.get_uint64());
        return;
      case boost::json::kind::double_:
        out_ += std::isfinite(value.get_double()) ? format_double(value.get_double()) : "null";
        return;
      case boost::json::kind::string:
        append_string(out_, value.get_string());
        return;
      case boost::json::kind::array:
        array(value.get_array());
        return;
      case boost::json::kind::object:
        object(value.get_object());
        return;
    }
  }

 private:
  void array(const boost::json::array& items) {
    if (items.empty()) {
      out_ += "[]";
      return;
    }
    out_.push_back('[');
    ++depth_;
    bool is_first = true;
    for (const boost::json::value& item : items) {
      separate(is_first);
      value(item);
    }
    close(']');
  }

  void object(const boost::json::object& entries) {
    if (entries.empty()) {
      out_ += "{}";
      return;
    }
    out_.push_back('{');
    ++depth_;
    bool is_first = true;
    for (const auto& [key, item] : entries) {
      separate(is_first);
      append_string(out_, key);
      out_ += ": ";
      value(item);
    }
    close('}');
  }

  void separate(bool& is_first) {
    if (!is_first) out_ += indent_ > 0 ? "," : ", ";
    is_first = false;
    new_line();
  }

  void close(char bracket) {
    --depth_;
    new_line();
    out_.push_back(bracket);
  }

  void new_line() {
    if (indent_ == 0) return;
    out_.push_back('\n');
    out_.append(depth_ * indent_, ' ');
  }

  std::string out_;
  std::size_t indent_;
  std::size_t depth_ = 0;
};

}  // namespace

void append_string(std::string& out, std::string_view text) {
  std::string repaired;
  if (text::find_invalid_utf8(text)) text = repaired = text::replace_invalid_utf8(text);
  out.push_back('"');
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    while (i < text.size() && is_plain(text[i])) ++i;
    out.append(text, start, i - start);
    if (i < text.size()) append_escape(out, text[i++]);
  }
  out.push_back('"');
}

std::string write(const boost::json::value& value, int indent) {
  Writer writer(indent);
  writer.value(value);
  return writer.take();
}

}  // namespace hezar::json
