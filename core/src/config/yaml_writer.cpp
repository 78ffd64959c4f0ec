#include <string>

#include <config/numbers.hpp>
#include <config/yaml_string.hpp>
#include <hezar/config/yaml.hpp>
#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::yaml {

namespace {

std::string float_text(double value) {
  std::string text = format_double(value);
  if (text == "nan") return ".nan";
  if (text == "inf") return ".inf";
  if (text == "-inf") return "-.inf";
  // YAML 1.1 floats have a point: 1e-12 is written 1.0e-12.
  const std::size_t e = text.find('e');
  if (e != std::string::npos && text.find('.') == std::string::npos) text.insert(e, ".0");
  return text;
}

std::string scalar_text(const boost::json::value& value, std::size_t indent) {
  switch (value.kind()) {
    case boost::json::kind::bool_:
      return value.get_bool() ? "true" : "false";
    case boost::json::kind::int64:
      return std::to_string(value.get_int64());
    case boost::json::kind::uint64:
      return std::to_string(value.get_uint64());
    case boost::json::kind::double_:
      return float_text(value.get_double());
    case boost::json::kind::string:
      return StringForm(value.get_string(), false).render(indent);
    case boost::json::kind::array:
      return "[]";
    case boost::json::kind::object:
      return "{}";
    default:
      return "null";
  }
}

bool is_block(const boost::json::value& value) {
  return (value.is_array() && !value.get_array().empty()) ||
         (value.is_object() && !value.get_object().empty());
}

/// Writes a value whose first line stands where the output ends, at column `indent` of its block.
class Writer {
 public:
  [[nodiscard]] std::string take() { return std::move(out_); }

  void block(const boost::json::value& value, std::size_t indent) {
    if (++depth_ > kMaxDepth) {
      throw expected_error(ErrorCode::kValue, "YAML",
                           text::concat("at most ", kMaxDepth, " nested levels"), "more");
    }
    if (value.is_object()) {
      mapping(value.get_object(), indent);
    } else {
      sequence(value.get_array(), indent);
    }
    --depth_;
  }

 private:
  void new_line(std::size_t indent) {
    out_.push_back('\n');
    out_.append(indent, ' ');
  }

  void mapping(const boost::json::object& entries, std::size_t indent) {
    bool is_first = true;
    for (const auto& [key, value] : entries) {
      if (!is_first) new_line(indent);
      is_first = false;
      const StringForm form(key, true);
      if (form.is_simple_key()) {
        out_ += form.render(indent + 2) + ":";
        entry_value(value, indent);
      } else {
        out_ += "? " + form.render(indent + 2);
        new_line(indent);
        out_ += ": ";
        inline_value(value, indent);
      }
    }
  }

  void sequence(const boost::json::array& items, std::size_t indent) {
    bool is_first = true;
    for (const boost::json::value& item : items) {
      if (!is_first) new_line(indent);
      is_first = false;
      out_ += "- ";
      inline_value(item, indent);
    }
  }

  /// Behind `- `: a block starts on the same line.
  void inline_value(const boost::json::value& value, std::size_t indent) {
    if (is_block(value)) {
      block(value, indent + 2);
    } else {
      out_ += scalar_text(value, indent + 2);
    }
  }

  /// Behind `key:`. Lists are not indented below their key.
  void entry_value(const boost::json::value& value, std::size_t indent) {
    if (!is_block(value)) {
      out_.push_back(' ');
      out_ += scalar_text(value, indent + 2);
      return;
    }
    const std::size_t inner = value.is_array() ? indent : indent + 2;
    new_line(inner);
    block(value, inner);
  }

  std::string out_;
  std::size_t depth_ = 0;
};

}  // namespace

std::string write(const boost::json::object& mapping) {
  if (mapping.empty()) return "{}\n";
  Writer writer;
  writer.block(mapping, 0);
  return writer.take() + "\n";
}

}  // namespace hezar::yaml
