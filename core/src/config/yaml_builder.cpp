#include <config/yaml_builder.hpp>

#include <algorithm>
#include <utility>

#include <config/numbers.hpp>
#include <config/yaml_repair.hpp>
#include <config/yaml_scalar.hpp>
#include <hezar/config/yaml.hpp>
#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <io/printable.hpp>

namespace hezar::yaml {

namespace {

constexpr std::string_view kTagPrefix = "tag:yaml.org,2002:";

/// Keys of other types take the text that Python's str() gives them.
std::string key_text(const boost::json::value& key) {
  switch (key.kind()) {
    case boost::json::kind::string:
      return std::string(key.get_string());
    case boost::json::kind::bool_:
      return key.get_bool() ? "True" : "False";
    case boost::json::kind::int64:
      return std::to_string(key.get_int64());
    case boost::json::kind::uint64:
      return std::to_string(key.get_uint64());
    case boost::json::kind::double_:
      return format_double(key.get_double());
    default:
      return "None";
  }
}

std::string_view name_of(const boost::json::value& value) {
  if (value.is_array()) return "a list";
  if (value.is_object()) return "a mapping";
  return "a scalar";
}

void add(boost::json::object& out, const boost::json::object& from) {
  for (const auto& [key, value] : from) out[key] = value;
}

}  // namespace

Builder::Builder(std::string_view text, std::string_view origin) : text_(text), origin_(origin) {}
Builder::~Builder() = default;

void Builder::fail(std::string_view expected, std::string_view got, int line,
                   std::string_view hint) const {
  throw expected_error(ErrorCode::kFormat, origin_, expected,
                       text::concat(got, " (line ", line, ")"), std::string(hint));
}

void Builder::OnDocumentStart(const YAML::Mark& mark) {
  ++events_;
  if (has_document_) {
    fail("one document", "the start of a second one", mark.line + 1,
         "Keep one document, without \"---\" lines inside.");
  }
  has_document_ = true;
}

void Builder::OnDocumentEnd() {
  ++events_;
}

void Builder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  scalar(mark, nullptr, anchor, false);
}

void Builder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       const std::string& value) {
  if (tag == "?") {
    scalar(mark, resolve_plain(value), anchor, value == "<<");
    return;
  }
  // "!" is a quoted or a block scalar; other tags may stand before either, or before a plain one.
  const std::optional<std::string> text =
      repair_quoted(value, text_, static_cast<std::size_t>(mark.pos));
  if (!text) fail("a quote at the end of a string", "none", mark.line + 1);
  if (tag == "!") {
    scalar(mark, boost::json::value(boost::json::string(*text)), anchor, false);
    return;
  }
  std::optional<boost::json::value> resolved = resolve_tagged(tag, *text);
  if (!resolved) {
    fail("a tag of !!str, !!int, !!float, !!bool and !!null that fits its value",
         text::concat(io::printable(*text), " tagged ", io::printable(tag)), mark.line + 1,
         "Remove the tag.");
  }
  scalar(mark, std::move(*resolved), anchor, false);
}

void Builder::scalar(const YAML::Mark& mark, boost::json::value value, YAML::anchor_t anchor,
                     bool is_merge_key) {
  ++events_;
  const Weight weight{1, value.is_string() ? value.get_string().size() : 0, 0};
  keep_anchor(anchor, value, weight, mark.line + 1);
  if (!frames_.empty() && frames_.back().is_map && !frames_.back().key) {
    put_key(mark, value, is_merge_key);
  } else {
    put(mark, std::move(value), weight);
  }
}

void Builder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  ++events_;
  const auto found = anchors_.find(anchor);
  if (found == anchors_.end() || !found->second.is_complete) {
    fail("an alias of a finished value", "one that lies inside what it refers to", mark.line + 1,
         "A value cannot contain itself.");
  }
  const Anchored& target = found->second;
  if (!frames_.empty() && frames_.back().is_map && !frames_.back().key) {
    put_key(mark, target.value, false);
    return;
  }
  if (frames_.size() + target.weight.height > kMaxDepth) {
    fail(text::concat("at most ", kMaxDepth, " nested levels"), "more through an alias",
         mark.line + 1);
  }
  Weight total = built_;
  total.nodes += target.weight.nodes;
  total.bytes += target.weight.bytes;
  check_size(total, "with aliases written out", mark.line + 1);
  put(mark, target.value, target.weight);
}

void Builder::check_size(const Weight& total, std::string_view what, int line) const {
  if (total.nodes > kMaxNodes) {
    fail(text::concat("at most ", kMaxNodes, " values ", what), "more", line);
  }
  if (total.bytes > kMaxTextBytes) {
    fail(text::concat("at most ", kMaxTextBytes, " bytes ", what), "more", line);
  }
}

void Builder::keep_anchor(YAML::anchor_t anchor, const boost::json::value& value,
                          const Weight& weight, int line) {
  if (anchor == 0) return;
  anchored_.nodes += weight.nodes;
  anchored_.bytes += weight.bytes;
  check_size(anchored_, "under anchors", line);
  anchors_[anchor] = Anchored{value, weight, true};
}

void Builder::open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                   bool is_map) {
  ++events_;
  const int line = mark.line + 1;
  if (tag != "?" && tag != "!" && tag != text::concat(kTagPrefix, is_map ? "map" : "seq")) {
    fail("a plain list or mapping", text::concat("one tagged ", io::printable(tag)), line,
         "Remove the tag.");
  }
  if (!frames_.empty() && frames_.back().is_map && !frames_.back().key) {
    fail("a scalar as key", is_map ? "a mapping" : "a list", line);
  }
  if (frames_.size() >= kMaxDepth) {
    fail(text::concat("at most ", kMaxDepth, " nested levels"), "more", line);
  }
  if (anchor != 0) anchors_[anchor] = Anchored{};
  Frame& frame = frames_.emplace_back();
  frame.is_map = is_map;
  frame.line = line;
  frame.anchor = anchor;
  frame.weight.nodes = 1;
  built_.nodes += 1;
  check_size(built_, "in one document", line);
}

void Builder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                              YAML::EmitterStyle::value /*style*/) {
  open(mark, tag, anchor, false);
}

void Builder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) {
  open(mark, tag, anchor, true);
}

void Builder::OnSequenceEnd() {
  close(std::move(frames_.back().items));
}

void Builder::OnMapEnd() {
  Frame& frame = frames_.back();
  if (frame.merged.empty()) {
    close(std::move(frame.entries));
    return;
  }
  // As the reference orders them: what is merged comes first, what is written here wins.
  boost::json::object all;
  for (const boost::json::object& source : frame.merged) add(all, source);
  add(all, frame.entries);
  close(std::move(all));
}

void Builder::close(boost::json::value value) {
  ++events_;
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  frame.weight.height += 1;
  keep_anchor(frame.anchor, value, frame.weight, frame.line);
  // Its nodes were counted one by one.
  built_.nodes -= frame.weight.nodes;
  built_.bytes -= frame.weight.bytes;
  YAML::Mark mark;
  mark.line = frame.line - 1;
  put(mark, std::move(value), frame.weight);
}

void Builder::put(const YAML::Mark& mark, boost::json::value value, const Weight& weight) {
  const int line = mark.line + 1;
  built_.nodes += weight.nodes;
  built_.bytes += weight.bytes;
  check_size(built_, "in one document", line);
  if (frames_.empty()) {
    root_ = std::move(value);
    root_line_ = line;
    return;
  }
  Frame& frame = frames_.back();
  frame.weight.nodes += weight.nodes;
  frame.weight.bytes += weight.bytes;
  frame.weight.height = std::max(frame.weight.height, weight.height);
  if (!frame.is_map) {
    frame.items.push_back(std::move(value));
    return;
  }
  const std::string key = std::move(*frame.key);
  frame.key.reset();
  if (frame.is_merge) {
    put_merge(frame, std::move(value), line);
    return;
  }
  frame.entries.emplace(key, std::move(value));
  frame.key_lines.push_back(frame.key_line);
}

void Builder::put_key(const YAML::Mark& mark, const boost::json::value& value, bool is_merge_key) {
  const int line = mark.line + 1;
  if (value.is_structured()) fail("a scalar as key", name_of(value), line);
  Frame& frame = frames_.back();
  frame.key = key_text(value);
  frame.key_line = line;
  frame.is_merge = is_merge_key;
  built_.nodes += 1;
  built_.bytes += frame.key->size();
  frame.weight.nodes += 1;
  frame.weight.bytes += frame.key->size();
  check_size(built_, "in one document", line);
  if (is_merge_key) return;
  const auto found = frame.entries.find(*frame.key);
  if (found == frame.entries.end()) return;
  const int first = frame.key_lines[static_cast<std::size_t>(found - frame.entries.begin())];
  throw expected_error(
      ErrorCode::kFormat, origin_, "each key once",
      text::concat(io::printable(*frame.key), " on line ", first, " and again on line ", line),
      "Remove one of them.");
}

void Builder::put_merge(Frame& frame, boost::json::value value, int line) {
  constexpr std::string_view kExpected = "a mapping or a list of mappings after <<";
  if (value.is_object()) {
    frame.merged.push_back(std::move(value.get_object()));
    return;
  }
  if (!value.is_array()) fail(kExpected, "a scalar", line);
  boost::json::array& sources = value.get_array();
  // The first of a list wins, so it is applied last.
  for (std::size_t i = sources.size(); i-- > 0;) {
    if (!sources[i].is_object()) {
      fail(kExpected, text::concat("a list that holds ", name_of(sources[i])), line);
    }
    frame.merged.push_back(std::move(sources[i].get_object()));
  }
}

}  // namespace hezar::yaml
