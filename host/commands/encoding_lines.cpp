#include <commands/encoding_lines.hpp>

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

#include <hezar/config/json.hpp>
#include <hezar/text/utf8.hpp>

namespace hezar::host {

namespace {

constexpr std::size_t kFlushBytes = 1U << 20U;

class LineWriter {
 public:
  explicit LineWriter(const Sink& sink) : sink_(sink) {}

  void put(std::string_view text) { line_.append(text); }
  /// A string, written piece by piece where it is long.
  void text(std::string_view value) {
    put("\"");
    while (!value.empty()) {
      std::size_t end = std::min(value.size(), kFlushBytes);
      while (end < value.size() && text::is_utf8_continuation(value[end])) --end;
      piece_.clear();
      json::append_string(piece_, value.substr(0, end));
      put(std::string_view(piece_).substr(1, piece_.size() - 2));
      value.remove_prefix(end);
      flush_some();
    }
    put("\"");
  }
  void number(std::int64_t value) {
    char digits[24];
    line_.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  }
  void span(const Span& value) {
    put("[");
    number(value.start);
    put(", ");
    number(value.end);
    put("]");
  }
  void flush_some() {
    if (line_.size() >= kFlushBytes) flush();
  }
  void flush() {
    sink_(line_);
    line_.clear();
  }

 private:
  const Sink& sink_;
  std::string line_;
  std::string piece_;
};

/// Values with something between them, which may come in several parts.
class ListWriter {
 public:
  ListWriter(LineWriter& out, std::string_view between) : out_(out), between_(between) {}

  /// @param write  writes one of them.
  template <class Values, class Write>
  void add(const Values& values, const Write& write) {
    for (const auto& value : values) {
      if (!is_first_) out_.put(between_);
      is_first_ = false;
      write(value);
      out_.flush_some();
    }
  }

 private:
  LineWriter& out_;
  std::string_view between_;
  bool is_first_ = true;
};

/// column(name, member of an encoding, what writes a value) for the columns of a line, in order.
template <class Column>
void each_column(LineWriter& out, const Column& column) {
  const auto number = [&](std::int64_t value) { out.number(value); };
  column("tokens", &Encoding::tokens, [&](const std::string& token) { out.text(token); });
  column("ids", &Encoding::ids, number);
  column("attention_mask", &Encoding::attention_mask, number);
  column("type_ids", &Encoding::type_ids, number);
  column("offsets", &Encoding::offsets, [&](const Span& span) { out.span(span); });
}

/// @param each  each(column, take): take(encoding), or take(part) for its parts, with that column.
template <class Each>
void write_json(LineWriter& out, const TokenizerInput& input, const Each& each) {
  out.put("{\"text\": ");
  out.text(input.text);
  if (input.pair) {
    out.put(", \"pair\": ");
    out.text(*input.pair);
  }
  each_column(out, [&](std::string_view name, auto column, const auto& write) {
    out.put(", \"");
    out.put(name);
    out.put("\": [");
    ListWriter list(out, ", ");
    each(name, [&](const Encoding& part) { list.add(part.*column, write); });
    out.put("]");
  });
  out.put("}\n");
}

template <class Each>
void write_ids(LineWriter& out, const Each& each) {
  ListWriter list(out, " ");
  each("ids",
       [&](const Encoding& part) { list.add(part.ids, [&](std::int64_t id) { out.number(id); }); });
  out.put("\n");
}

template <class Each>
void write_line(const TokenizerInput& input, Format format, const Sink& sink, const Each& each) {
  LineWriter out(sink);
  if (format == Format::kText) {
    write_ids(out, each);
  } else {
    write_json(out, input, each);
  }
  out.flush();
}

}  // namespace

void write_encoding_line(const TokenizerInput& input, const Encoding& encoding, Format format,
                         const Sink& sink) {
  write_line(input, format, sink,
             [&](std::string_view /*column*/, const auto& take) { take(encoding); });
}

void write_long_line(const Tokenizer& tokenizer, std::string_view text,
                     const EncodeOptions& options, Format format, const Sink& sink) {
  TokenizerInput input;
  input.text = text;
  const auto encode = [&](std::string_view column, const auto& take) {
    EncodeOptions wanted = options;
    wanted.return_tokens = column == "tokens";
    wanted.return_offsets = column == "offsets";
    tokenizer.encode_parts(text, wanted, take);
  };
  encode("ids", [](const Encoding& /*part*/) {});
  write_line(input, format, sink, encode);
}

}  // namespace hezar::host
