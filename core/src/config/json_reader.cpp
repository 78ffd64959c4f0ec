#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>

#include <config/json_duplicates.hpp>
#include <config/numbers.hpp>
#include <hezar/config/json.hpp>
#include <hezar/config/json_table.hpp>
#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

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
    const std::size_t first_key = key_sizes_.size() - size;
    std::size_t key = keys_.size();
    for (std::size_t i = first_key; i < key_sizes_.size(); ++i) key -= key_sizes_[i];
    const std::size_t keys_before = key;
    for (std::size_t i = 0; i < size; ++i) {
      const BoostView name(keys_.data() + key, key_sizes_[first_key + i]);
      key += name.size();
      if (object.emplace(name, std::move(values_[first + i])).second) continue;
      has_duplicate_ = true;
      ec = boost::json::error::syntax;
      return false;
    }
    values_.resize(first);
    key_sizes_.resize(first_key);
    keys_.resize(keys_before);
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
    const std::string_view name = join(part);
    keys_.append(name);
    key_sizes_.push_back(name.size());
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

 protected:
  /// The key that was read last.
  [[nodiscard]] std::string_view last_key() const {
    return std::string_view(keys_).substr(keys_.size() - key_sizes_.back());
  }
  /// Moves a text, of which `last` is the last part, to `out`.
  void take_text(BoostView last, std::string& out) {
    out.assign(join(last));
    partial_.clear();
  }

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
  std::string keys_;  // of the open objects, one behind another
  std::vector<std::size_t> key_sizes_;
  std::string partial_;
  bool has_duplicate_ = false;
};

/// Gives the members of one object away, and is a Handler for the rest.
class TableHandler : public Handler {
 public:
  void open(std::span<const std::string_view> path, const TableMember& add) {
    path_ = path;
    add_ = &add;
  }
  /// Whether the table cannot be given away.
  [[nodiscard]] bool is_refused() const noexcept { return is_refused_; }

  bool on_object_begin(error_code& ec) {
    if (is_in_table()) return refuse(ec);
    if (is_on_path_ || depth_ == 0) followed_ = depth_ + 1;
    is_on_path_ = false;
    ++depth_;
    return Handler::on_object_begin(ec);
  }
  bool on_object_end(std::size_t size, error_code& ec) {
    if (is_in_table()) size = 0;
    close();
    return Handler::on_object_end(size, ec);
  }
  bool on_array_begin(error_code& ec) {
    if (is_in_table()) return refuse(ec);
    is_on_path_ = false;
    ++depth_;
    return Handler::on_array_begin(ec);
  }
  bool on_array_end(std::size_t size, error_code& ec) {
    close();
    return Handler::on_array_end(size, ec);
  }
  bool on_key(BoostView part, std::size_t size, error_code& ec) {
    if (is_in_table()) {
      take_text(part, table_key_);
      return true;
    }
    if (!Handler::on_key(part, size, ec)) return false;
    is_on_path_ = depth_ == followed_ && last_key() == path_[depth_ - 1];
    return true;
  }
  bool on_string(BoostView part, std::size_t size, error_code& ec) {
    return is_in_table() ? refuse(ec) : Handler::on_string(part, size, ec);
  }
  bool on_int64(std::int64_t value, BoostView text, error_code& ec) {
    if (!is_in_table()) return Handler::on_int64(value, text, ec);
    return (*add_)(table_key_, value) || refuse(ec);
  }
  bool on_uint64(std::uint64_t value, BoostView text, error_code& ec) {
    return is_in_table() ? refuse(ec) : Handler::on_uint64(value, text, ec);
  }
  bool on_double(double value, BoostView text, error_code& ec) {
    return is_in_table() ? refuse(ec) : Handler::on_double(value, text, ec);
  }
  bool on_bool(bool value, error_code& ec) {
    return is_in_table() ? refuse(ec) : Handler::on_bool(value, ec);
  }
  bool on_null(error_code& ec) { return is_in_table() ? refuse(ec) : Handler::on_null(ec); }

 private:
  [[nodiscard]] bool is_in_table() const noexcept { return followed_ > path_.size(); }
  bool refuse(error_code& ec) {
    is_refused_ = true;
    ec = boost::json::error::syntax;
    return false;
  }
  void close() {
    --depth_;
    followed_ = std::min(followed_, depth_);
  }

  std::span<const std::string_view> path_;
  const TableMember* add_ = nullptr;
  std::string table_key_;
  std::size_t depth_ = 0;     // of open objects and arrays
  std::size_t followed_ = 0;  // how many of them, the outermost first, `path_` leads through
  bool is_on_path_ = false;   // the key that was read last
  bool is_refused_ = false;
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

std::string_view without_mark(std::string_view text) {
  if (text.starts_with(text::kByteOrderMark)) text.remove_prefix(text::kByteOrderMark.size());
  return text;
}

boost::json::parse_options options_for(std::string_view text) {
  boost::json::parse_options out;
  out.max_depth = kMaxDepth;
  // judged at once, valid text is read twice as fast; the parser says where text is invalid
  out.allow_invalid_utf8 = !text::find_invalid_utf8(text);
  return out;
}

template <class Parser>
void run(Parser& parser, std::string_view text, std::string_view origin) {
  error_code error;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
  if (parser.handler().has_duplicate()) throw_duplicate_key(text, origin);
  if (!error && used < text.size()) error = boost::json::error::extra_data;
  if (error) fail(text, origin, used, error);
}

}  // namespace

boost::json::value parse(std::string_view text, std::string_view origin) {
  text = without_mark(text);
  boost::json::basic_parser<Handler> parser(options_for(text));
  run(parser, text, origin);
  return parser.handler().take();
}

std::optional<boost::json::value> parse_with_table(std::string_view text, std::string_view origin,
                                                   std::span<const std::string_view> path,
                                                   const TableMember& add) {
  text = without_mark(text);
  boost::json::basic_parser<TableHandler> parser(options_for(text));
  parser.handler().open(path, add);
  try {
    run(parser, text, origin);
  } catch (const Error&) {
    if (parser.handler().is_refused()) return std::nullopt;
    throw;
  }
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
