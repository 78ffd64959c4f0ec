#include <input/json_lines.hpp>

#include <utility>
#include <vector>

#include <hezar/config/json.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

namespace hezar::host {

bool JsonLinesReader::next(Record& record) {
  std::string line;
  bool too_long = false;
  do {
    if (!lines_.next(line, too_long)) return false;
  } while (!too_long && line.find_first_not_of(" \t\r") == std::string::npos);
  if (too_long) {
    record = too_long_record(lines_.line_number(), lines_.where());
    return true;
  }
  try {
    if (replace_invalid_) line = text::replace_invalid_utf8(line);
    record = make_record(text_of(line), lines_.line_number(), lines_.where(), replace_invalid_);
  } catch (const Error& error) {
    record = {};
    record.line = lines_.line_number();
    record.problem = error;
  }
  return true;
}

std::string JsonLinesReader::text_of(const std::string& line) const {
  const boost::json::value value = json::parse(line, lines_.where());
  if (!value.is_object()) {
    throw expected_error(ErrorCode::kFormat, lines_.where(), "a JSON object", "something else");
  }
  const boost::json::object& object = value.get_object();
  const boost::json::value* text = object.if_contains(column_.empty() ? "text" : column_);
  if (text == nullptr && column_.empty() && object.size() == 1) text = &object.begin()->value();
  if (text == nullptr) {
    std::vector<std::string> keys;
    for (const auto& item : object) keys.emplace_back(item.key());
    if (!column_.empty()) {
      throw unknown_name_error(ErrorCode::kKey, lines_.where(), "a key of the object", column_,
                               keys);
    }
    throw expected_error(ErrorCode::kKey, lines_.where(), "a key \"text\"", text::join(keys, ", "),
                         "Say which one with --column");
  }
  if (!text->is_string()) {
    throw expected_error(ErrorCode::kFormat, lines_.where(), "a string", json::write(*text));
  }
  return std::string(text->get_string());
}

}  // namespace hezar::host
