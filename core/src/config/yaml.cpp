#include <hezar/config/yaml.hpp>

#include <algorithm>
#include <istream>
#include <streambuf>
#include <string>

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <config/yaml_builder.hpp>
#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

namespace hezar::yaml {

namespace {

/// Bytes that yaml-cpp may read without giving an event. It queues every token of a flow collection
/// until it knows whether that is a key, at up to 230 bytes of memory for one of text.
constexpr std::size_t kMaxLookahead = 8'000'000;
constexpr std::size_t kMaxFlowMarks = 2'000'000;
constexpr std::size_t kChunk = 4096;
constexpr std::size_t kMaxMessage = 200;  // of yaml-cpp's, which may quote the text

/// Gives the text in chunks while the parser gets on, then ends.
class GuardedBuffer : public std::streambuf {
 public:
  GuardedBuffer(std::string_view text, const Builder& builder) : text_(text), builder_(builder) {}

  [[nodiscard]] bool was_cut() const noexcept { return was_cut_; }

 protected:
  int_type underflow() override {
    if (builder_.events() != events_) {
      events_ = builder_.events();
      waiting_ = 0;
    }
    if (waiting_ > kMaxLookahead) was_cut_ = true;
    if (was_cut_ || text_.empty()) return traits_type::eof();
    const std::size_t size = std::min(kChunk, text_.size());
    // streambuf's interface wants char*, and only reads through it.
    char* const begin = const_cast<char*>(text_.data());
    setg(begin, begin, begin + size);
    text_.remove_prefix(size);
    waiting_ += size;
    return traits_type::to_int_type(*begin);
  }

 private:
  std::string_view text_;
  const Builder& builder_;
  std::size_t events_ = 0;
  std::size_t waiting_ = 0;
  bool was_cut_ = false;
};

int line_of(std::string_view text, std::size_t offset) {
  return 1 + static_cast<int>(std::count(text.begin(),
                                         text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

/// In characters, from 1; yaml-cpp counts bytes.
std::size_t column_of(std::string_view text, std::size_t offset) {
  const std::size_t size = std::min(offset, text.size());
  const std::size_t start = text.substr(0, size).rfind('\n') + 1;  // npos + 1 is 0
  return 1 + text::count_characters(text.substr(start, size - start));
}

/// PyYAML's set. yaml-cpp would take U+0004 for the end of the text.
bool is_printable(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  if (c < 0x7F || c == 0x85) return true;
  return (c >= 0xA0 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
         (c >= 0x10000 && c <= 0x10FFFF);
}

void check_text(std::string_view text, std::string_view origin) {
  if (text.size() > kMaxTextBytes) {
    throw expected_error(ErrorCode::kFormat, origin,
                         text::concat("at most ", kMaxTextBytes, " bytes of YAML"),
                         text::concat(text.size()));
  }
  if (const auto invalid = text::find_invalid_utf8(text)) {
    throw expected_error(ErrorCode::kFormat, origin, "UTF-8",
                         text::concat("an invalid byte at offset ", *invalid, " (line ",
                                      line_of(text, *invalid), ")"),
                         "Save the file as UTF-8.");
  }
  std::size_t flow_marks = 0;
  for (std::size_t at = 0; at < text.size(); at += text::utf8_length(text[at])) {
    const char32_t c = text::decode_utf8(text.data() + at);
    if (!is_printable(c)) {
      throw expected_error(ErrorCode::kFormat, origin, "printable characters",
                           text::concat("character ", static_cast<std::uint32_t>(c), " at offset ",
                                        at, " (line ", line_of(text, at), ")"),
                           "Write it as an escape in double quotes.");
    }
    if (c == '[' || c == '{' || c == ',') ++flow_marks;
  }
  if (flow_marks > kMaxFlowMarks) {
    throw expected_error(ErrorCode::kFormat, origin,
                         text::concat("at most ", kMaxFlowMarks, " of the characters [ { ,"),
                         text::concat(flow_marks));
  }
}

/// Line breaks of Windows and of old Macs as `\n`; YAML does not tell them apart.
std::string with_unix_lines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out.push_back(text[i]);
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      out.push_back('\n');
    }
  }
  return out;
}

void run(std::string_view text, std::string_view origin, Builder& builder) {
  GuardedBuffer buffer(text, builder);
  std::istream stream(&buffer);
  const auto check_cut = [&] {
    if (!buffer.was_cut()) return;
    throw expected_error(ErrorCode::kFormat, origin,
                         text::concat("values of at most ", kMaxLookahead, " bytes"),
                         "a longer one");
  };
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& e) {
    check_cut();
    throw expected_error(
        ErrorCode::kFormat, origin, "YAML",
        text::concat('"', text::clip_utf8(e.msg, kMaxMessage), "\" (line ", e.mark.line + 1,
                     ", column ", column_of(text, static_cast<std::size_t>(e.mark.pos)), ")"));
  }
  check_cut();
}

struct Document {
  boost::json::value root;
  int line = 0;
};

Document build(std::string_view text, std::string_view origin) {
  if (text.starts_with(text::kByteOrderMark)) text.remove_prefix(text::kByteOrderMark.size());
  check_text(text, origin);
  std::string converted;
  if (text.find('\r') != std::string_view::npos) {
    converted = with_unix_lines(text);
    text = converted;
  }
  Builder builder(text, origin);
  run(text, origin, builder);
  return {std::move(builder.root()), builder.root_line()};
}

std::string_view name_of(const boost::json::value& value) {
  if (value.is_array()) return "a list";
  if (value.is_string()) return "a string";
  if (value.is_bool()) return "a bool";
  return "a number";
}

}  // namespace

boost::json::value parse(std::string_view text, std::string_view origin) {
  return std::move(build(text, origin).root);
}

boost::json::object parse_mapping(std::string_view text, std::string_view origin) {
  Document document = build(text, origin);
  if (document.root.is_object()) return std::move(document.root.get_object());
  const std::string got = document.root.is_null()
                              ? "an empty document"
                              : text::concat(name_of(document.root), " (line ", document.line, ")");
  throw expected_error(ErrorCode::kFormat, origin, "a mapping", got,
                       "Write one \"key: value\" on each line.");
}

boost::json::object read_mapping(const std::filesystem::path& file) {
  return parse_mapping(io::read_file(file, kMaxTextBytes), file.string());
}

}  // namespace hezar::yaml
