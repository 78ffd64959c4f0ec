#include <io/json_events.hpp>

#include <algorithm>
#include <utility>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>

#include <hezar/text/concat.hpp>

namespace hezar::io {

namespace {

namespace bj = boost::json;

constexpr std::size_t kMaxDepth = 128;  // the reference's (serde_json)
constexpr std::string_view kNoInteger = "a number that is no integer >= 0";

/// Boost.JSON's events, with strings put together and keys compared. The unused parameters are the
/// interface that basic_parser asks for.
struct Handler {
  // NOLINTBEGIN(readability-identifier-naming): names that basic_parser looks for.
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  // NOLINTEND(readability-identifier-naming)
  using Code = bj::error_code;
  using View = bj::string_view;

  JsonVisitor* visitor = nullptr;
  std::string text;
  std::vector<std::vector<std::string>> keys;  // of each open object
  std::optional<std::string> duplicate;

  explicit Handler(JsonVisitor* v) : visitor(v) {}

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) {
    keys.emplace_back();
    visitor->begin_object();
    return true;
  }
  bool on_object_end(std::size_t, Code&) {
    find_duplicate(keys.back());
    keys.pop_back();
    visitor->end_object();
    return true;
  }
  bool on_array_begin(Code&) {
    visitor->begin_array();
    return true;
  }
  bool on_array_end(std::size_t, Code&) {
    visitor->end_array();
    return true;
  }
  bool on_key_part(View part, std::size_t, Code&) {
    text.append(part.data(), part.size());
    return true;
  }
  bool on_key(View part, std::size_t, Code&) {
    text.append(part.data(), part.size());
    keys.back().push_back(text);
    visitor->key(std::exchange(text, {}));
    return true;
  }
  bool on_string_part(View part, std::size_t, Code&) {
    text.append(part.data(), part.size());
    return true;
  }
  bool on_string(View part, std::size_t, Code&) {
    text.append(part.data(), part.size());
    visitor->string(std::exchange(text, {}));
    return true;
  }
  bool on_number_part(View part, Code&) {
    text.append(part.data(), part.size());
    return true;
  }
  bool on_int64(std::int64_t value, View part, Code&) {
    text.append(part.data(), part.size());
    const bool negative = std::exchange(text, {}).starts_with('-');  // also "-0"
    if (negative || value < 0) {
      visitor->other(kNoInteger);
    } else {
      visitor->integer(static_cast<std::uint64_t>(value));
    }
    return true;
  }
  bool on_uint64(std::uint64_t value, View, Code&) {
    text.clear();
    visitor->integer(value);
    return true;
  }
  bool on_double(double, View, Code&) {
    text.clear();
    visitor->other(kNoInteger);
    return true;
  }
  bool on_bool(bool, Code&) {
    visitor->other("a boolean");
    return true;
  }
  bool on_null(Code&) {
    visitor->other("null");
    return true;
  }
  bool on_comment_part(View, Code&) { return true; }
  bool on_comment(View, Code&) { return true; }

  /// Sorting rather than hashing: names chosen to collide cost nothing more.
  void find_duplicate(std::vector<std::string>& names) {
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice != names.end() && !duplicate) duplicate = *twice;
  }
};

}  // namespace

std::optional<JsonFault> walk_json(std::string_view text, JsonVisitor& visitor) {
  bj::parse_options options;
  options.max_depth = kMaxDepth;
  bj::basic_parser<Handler> parser(options, &visitor);
  bj::error_code code;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), code);
  if (!code && used < text.size()) code = bj::make_error_code(bj::error::extra_data);
  if (code)
    return JsonFault{JsonFault::Kind::kSyntax, text::concat(code.message(), " at byte ", used)};
  if (parser.handler().duplicate)
    return JsonFault{JsonFault::Kind::kDuplicateKey, *parser.handler().duplicate};
  return std::nullopt;
}

}  // namespace hezar::io
