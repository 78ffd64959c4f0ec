#include <reader/json_cursor.hpp>

#include <algorithm>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::tokenizers {

namespace {

constexpr const char* kNewerFile =
    "The file may come from a newer version of the tokenizers library.";

std::string shown(const boost::json::value& value) {
  constexpr std::size_t kMaxShown = 80;
  if (value.is_object()) return text::concat("an object of ", value.get_object().size());
  if (value.is_array()) return text::concat("a list of ", value.get_array().size());
  const std::string whole = boost::json::serialize(value);
  return whole.size() <= kMaxShown ? whole : whole.substr(0, kMaxShown) + "...";
}

std::string quoted(std::initializer_list<std::string_view> names) {
  std::string out;
  for (const std::string_view name : names) {
    if (!out.empty()) out += ", ";
    out += text::concat('"', name, '"');
  }
  return out;
}

}  // namespace

JsonCursor::JsonCursor(const boost::json::value& value, std::string_view origin, std::string path)
    : value_(&value), origin_(origin), path_(std::move(path)) {}

std::string JsonCursor::place() const {
  return path_.empty() ? std::string(origin_) : text::concat(origin_, ": ", path_);
}

std::string JsonCursor::child(std::string_view key) const {
  return path_.empty() ? std::string(key) : text::concat(path_, ".", key);
}

void JsonCursor::fail(std::string_view expected) const {
  fail(expected, shown(*value_));
}

void JsonCursor::fail(std::string_view expected, std::string_view got) const {
  throw expected_error(ErrorCode::kFormat, place(), expected, got);
}

std::optional<JsonCursor> JsonCursor::find(std::string_view key) const {
  const boost::json::value* found = object().if_contains(key);
  if (found == nullptr || found->is_null()) return std::nullopt;
  return JsonCursor(*found, origin_, child(key));
}

JsonCursor JsonCursor::at(std::string_view key) const {
  const boost::json::value* found = object().if_contains(key);
  if (found != nullptr) return {*found, origin_, child(key)};
  throw expected_error(ErrorCode::kFormat, text::concat(origin_, ": ", child(key)), "a value",
                       "nothing");
}

JsonCursor JsonCursor::item(std::size_t index) const {
  return {array().at(index), origin_, text::concat(path_, "[", index, "]")};
}

std::vector<JsonCursor> JsonCursor::items() const {
  std::vector<JsonCursor> out;
  out.reserve(array().size());
  for (std::size_t i = 0; i < array().size(); ++i) out.push_back(item(i));
  return out;
}

const boost::json::object& JsonCursor::object() const {
  if (!value_->is_object()) fail("an object");
  return value_->get_object();
}

const boost::json::array& JsonCursor::array() const {
  if (!value_->is_array()) fail("a list");
  return value_->get_array();
}

std::string_view JsonCursor::string() const {
  if (!value_->is_string()) fail("a string");
  return value_->get_string();
}

bool JsonCursor::boolean() const {
  if (!value_->is_bool()) fail("true or false");
  return value_->get_bool();
}

std::int64_t JsonCursor::integer(std::int64_t maximum) const {
  const bool fits =
      value_->is_int64() && value_->get_int64() >= 0 && value_->get_int64() <= maximum;
  if (!fits) fail(text::concat("an integer from 0 to ", maximum));
  return value_->get_int64();
}

std::string_view JsonCursor::one_of(std::initializer_list<std::string_view> known) const {
  const std::string_view name = string();
  if (std::find(known.begin(), known.end(), name) == known.end()) {
    throw expected_error(ErrorCode::kFormat, place(), "one of " + quoted(known), shown(*value_),
                         kNewerFile);
  }
  return name;
}

std::string_view JsonCursor::type(std::initializer_list<std::string_view> known) const {
  return at("type").one_of(known);
}

std::string_view JsonCursor::type(
    std::initializer_list<std::string_view> known,
    std::initializer_list<std::pair<std::string_view, std::string_view>> telling) const {
  if (object().contains("type")) return type(known);
  for (const auto& [member, name] : telling) {
    if (object().contains(member)) return name;
  }
  return type(known);
}

void JsonCursor::only(std::initializer_list<std::string_view> known) const {
  for (const auto& member : object()) {
    const std::string_view key = member.key();
    if (key == "type" || std::find(known.begin(), known.end(), key) != known.end()) continue;
    throw expected_error(
        ErrorCode::kFormat, place(),
        known.size() == 0 ? "no members but \"type\"" : "the members " + quoted(known),
        text::concat('"', key, '"'), kNewerFile);
  }
}

}  // namespace hezar::tokenizers
