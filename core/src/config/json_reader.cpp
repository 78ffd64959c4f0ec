#include <string>
#include <utility>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>

#include <config/json_duplicates.hpp>
#include <config/numbers.hpp>
#include <config/utf8.hpp>
#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::json {

namespace {

using boost::json::error_code;
using BoostView = boost::json::string_view;

/// Collects the values of open containers on one stack, as Boost's own handler does; that one keeps
/// the last of duplicate keys, and reads some floats a bit off.
class Handler {
 public:
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);

  [[nodiscard]] bool has_duplicate() const noexcept { return has_duplicate_; }
  [[nodiscard]] boost::json::value take() { return std::move(values_.back()); }

  bool on_document_begin(error_code& /*ec*/) { return true; }
  bool on_document_end(error_code& /*ec*/) { return true; }
  bool on_array_begin(error_code& /*ec*/) { return true; }
  bool on_array_end(std::size_t size, error_code& /*ec*/) {
    boost::json::array array;
    array.reserve(size);
    const std::size_t first = values_.size() - size;
    for (std::size_t i = first; i < values_.size(); ++i) array.push_back(std::move(values_[i]));
    values_.resize(first);
    values_.emplace_back(std::move(array));
    return true;
  }
  bool on_object_begin(error_code& /*ec*/) { return true; }
  bool on_object_end(std::size_t size, error_code& ec) {
    boost::json::object object;
    object.reserve(size);
    const std::size_t first = values_.size() - size;
    const std::size_t first_key = keys_.size() - size;
    for (std::size_t i = 0; i < size; ++i) {
      if (object.emplace(keys_[first_key + i], std::move(values_[first + i])).second) continue;
      has_duplicate_ = true;
      ec = boost::json::error::syntax;
      return false;
    }
    values_.resize(first);
    keys_.resize(first_key);
    values_.emplace_back(std::move(object));
    return true;
  }
  bool on_string_part(BoostView part, std::size_t /*size*/, error_code& /*ec*/) {
    partial_.append(part.data(), part.size());
    return true;
  }
  bool on_string(BoostView part, std::size_t /*size*/, error_code& /*ec*/) {
    values_.emplace_back(boost::json::string(join(part)));
    partial_.clear();
    return true;
  }
  bool on_key_part(BoostView part, std::size_t size, error_code& ec) {
    return on_string_part(part, size, ec);
  }
  bool on_key(BoostView part, std::size_t /*size*/, error_code& /*ec*/) {
    keys_.emplace_back(join(part));
    partial_.clear();
    return true;
  }
  bool on_number_part(BoostView part, error_code& /*ec*/) {
    partial_.append(part.data(), part.size());
    return true;
  }
  bool on_int64(std::int64_t value, BoostView /*text*/, error_code& /*ec*/) {
    return on_number(value);
  }
  bool on_uint64(std::uint64_t value, BoostView /*text*/, error_code& /*ec*/) {
    return on_number(value);
  }
  bool on_double(double value, BoostView text, error_code& /*ec*/) {
    return on_number(parse_double(join(text)).value_or(value));
  }
  bool on_bool(bool value, error_code& /*ec*/) {
    values_.emplace_back(value);
    return true;
  }
  bool on_null(error_code& /*ec*/) {
    values_.emplace_back(nullptr);
    return true;
  }
  bool on_comment_part(BoostView /*part*/, error_code& /*ec*/) { return true; }
  bool on_comment(BoostView /*part*/, error_code& /*ec*/) { return true; }

 private:
  template <class Number>
  bool on_number(Number value) {
    values_.emplace_back(value);
    partial_.clear();
    return true;
  }
  /// The last part behind those that came before; valid until the next call.
  std::string_view join(BoostView last) {
    if (partial_.empty()) return {last.data(), last.size()};
    partial_.append(last.data(), last.size());
    return partial_;
  }

  std::vector<boost::json::value> values_;
  std::vector<std::string> keys_;
  std::string partial_;
  bool has_duplicate_ = false;
};

[[noreturn]] void fail(std::string_view text, std::string_view origin, std::size_t offset,
                       const error_code& error) {
  const std::string_view before = text.substr(0, offset);
  std::size_t line = 1;
  std::size_t column = 1;
  for (const char c : before) {
    if (c == '\n') ++line;
    const bool is_continuation = (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
    column = c == '\n' ? 1 : column + (is_continuation ? 0 : 1);
  }
  const std::string place = text::concat(" (line ", line, ", column ", column, ")");
  if (error == boost::json::error::too_deep) {
    throw expected_error(ErrorCode::kFormat, origin,
                         text::concat("at most ", kMaxDepth, " nested levels"), "more" + place);
  }
  throw expected_error(ErrorCode::kFormat, origin, "JSON",
                       text::concat('"', error.message(), '"', place));
}

}  // namespace

boost::json::value parse(std::string_view text, std::string_view origin) {
  if (text.starts_with(utf8::kBom)) text.remove_prefix(utf8::kBom.size());
  boost::json::parse_options options;
  options.max_depth = kMaxDepth;
  boost::json::basic_parser<Handler> parser(options);
  error_code error;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
  if (parser.handler().has_duplicate()) throw_duplicate_key(text, origin);
  if (!error && used < text.size()) error = boost::json::error::extra_data;
  if (error) fail(text, origin, used, error);
  return parser.handler().take();
}

boost::json::value read(const std::filesystem::path& file) {
  return parse(io::read_file(file, kMaxFileBytes), file.string());
}

boost::json::value parse_argument(std::string_view text) {
  try {
    return parse(text, "argument");
  } catch (const Error&) {
    return boost::json::value(boost::json::string(text));
  }
}

}  // namespace hezar::json
