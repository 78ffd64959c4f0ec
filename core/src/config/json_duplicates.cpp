#include <config/json_duplicates.hpp>

#include <string>
#include <unordered_map>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <io/printable.hpp>

namespace hezar::json {

namespace {

using boost::json::error_code;
using BoostView = boost::json::string_view;

/// Follows the keys of the open objects.
class KeyTracker {
 public:
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);

  std::size_t line = 1;  // of the byte that is fed
  std::size_t first_line = 0;
  std::string key;

  bool on_object_begin(error_code& /*ec*/) {
    objects_.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t /*size*/, error_code& /*ec*/) {
    objects_.pop_back();
    return true;
  }
  bool on_key_part(BoostView part, std::size_t /*size*/, error_code& /*ec*/) {
    key.append(part.data(), part.size());
    return true;
  }
  bool on_key(BoostView part, std::size_t /*size*/, error_code& ec) {
    key.append(part.data(), part.size());
    const auto [entry, is_new] = objects_.back().emplace(key, line);
    if (is_new) {
      key.clear();
      return true;
    }
    first_line = entry->second;
    ec = boost::json::error::syntax;
    return false;
  }

  bool on_document_begin(error_code& /*ec*/) { return true; }
  bool on_document_end(error_code& /*ec*/) { return true; }
  bool on_array_begin(error_code& /*ec*/) { return true; }
  bool on_array_end(std::size_t /*size*/, error_code& /*ec*/) { return true; }
  bool on_string_part(BoostView /*part*/, std::size_t /*size*/, error_code& /*ec*/) { return true; }
  bool on_string(BoostView /*part*/, std::size_t /*size*/, error_code& /*ec*/) { return true; }
  bool on_number_part(BoostView /*part*/, error_code& /*ec*/) { return true; }
  bool on_int64(std::int64_t /*value*/, BoostView /*text*/, error_code& /*ec*/) { return true; }
  bool on_uint64(std::uint64_t /*value*/, BoostView /*text*/, error_code& /*ec*/) { return true; }
  bool on_double(double /*value*/, BoostView /*text*/, error_code& /*ec*/) { return true; }
  bool on_bool(bool /*value*/, error_code& /*ec*/) { return true; }
  bool on_null(error_code& /*ec*/) { return true; }
  bool on_comment_part(BoostView /*part*/, error_code& /*ec*/) { return true; }
  bool on_comment(BoostView /*part*/, error_code& /*ec*/) { return true; }

 private:
  std::vector<std::unordered_map<std::string, std::size_t>> objects_;
};

}  // namespace

void throw_duplicate_key(std::string_view text, std::string_view origin) {
  boost::json::parse_options options;
  options.max_depth = kMaxDepth;
  boost::json::basic_parser<KeyTracker> parser(options);
  KeyTracker& tracker = parser.handler();
  error_code error;
  for (const char& c : text) {
    parser.write_some(true, &c, 1, error);
    if (error) break;
    if (c == '\n') ++tracker.line;
  }
  throw expected_error(ErrorCode::kFormat, origin, "each key once",
                       text::concat(io::printable(tracker.key), " on line ", tracker.first_line,
                                    " and again on line ", tracker.line),
                       "Remove one of them.");
}

}  // namespace hezar::json
