#include <commands/encoding_lines.hpp>

#include <charconv>
#include <string>
#include <string_view>

#include <hezar/config/json.hpp>

namespace hezar::host {

namespace {

constexpr std::size_t kFlushBytes = 1U << 20U;

class LineWriter {
 public:
  explicit LineWriter(const Sink& sink) : sink_(sink) {}

  void put(std::string_view text) { line_.append(text); }
  void text(std::string_view value) { json::append_string(line_, value); }
  void number(std::int64_t value) {
    char digits[24];
    line_.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  }
  /// `before`, then what `write` makes of each value, with `between` between them.
  template <class Values, class Write>
  void list(std::string_view before, const Values& values, std::string_view between,
            const Write& write) {
    put(before);
    bool is_first = true;
    for (const auto& value : values) {
      if (!is_first) put(between);
      is_first = false;
      write(value);
      if (line_.size() >= kFlushBytes) flush();
    }
  }
  void flush() {
    sink_(line_);
    line_.clear();
  }

 private:
  const Sink& sink_;
  std::string line_;
};

void write_json(LineWriter& out, const TokenizerInput& input, const Encoding& encoding) {
  const auto number = [&](std::int64_t value) { out.number(value); };
  out.put("{\"text\": ");
  out.text(input.text);
  if (input.pair) {
    out.put(", \"pair\": ");
    out.text(*input.pair);
  }
  out.list(", \"tokens\": [", encoding.tokens, ", ",
           [&](const std::string& token) { out.text(token); });
  out.list("], \"ids\": [", encoding.ids, ", ", number);
  out.list("], \"attention_mask\": [", encoding.attention_mask, ", ", number);
  out.list("], \"type_ids\": [", encoding.type_ids, ", ", number);
  out.list("], \"offsets\": [", encoding.offsets, ", ", [&](const Span& span) {
    out.put("[");
    out.number(span.start);
    out.put(", ");
    out.number(span.end);
    out.put("]");
  });
  out.put("]}\n");
}

}  // namespace

void write_encoding_line(const TokenizerInput& input, const Encoding& encoding, Format format,
                         const Sink& sink) {
  LineWriter out(sink);
  if (format == Format::kText) {
    out.list("", encoding.ids, " ", [&](std::int64_t id) { out.number(id); });
    out.put("\n");
  } else {
    write_json(out, input, encoding);
  }
  out.flush();
}

}  // namespace hezar::host
