#include <models/read_merges.hpp>

#include <optional>
#include <string>
#include <utility>

#include <hezar/text/concat.hpp>

namespace hezar::tokenizers {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

/// Reads one merge after another; a cursor, which costs a path, is made only for complaints.
class MergeReader {
 public:
  MergeReader(const JsonCursor& json, const Vocabulary& vocabulary, std::string_view prefix)
      : json_(json), vocabulary_(vocabulary), prefix_(prefix) {}

  MergeTable read() {
    const boost::json::array& merges = json_.array();
    MergeTable out(merges.size());
    std::uint32_t rank = 0;
    for (std::size_t i = 0; i < merges.size(); ++i) {
      const auto pair = pair_of(merges, i);
      if (!pair) continue;
      const auto [left, right] = *pair;
      const std::uint32_t left_id = id_of(left, i);
      const std::uint32_t right_id = id_of(right, i);
      out.put(left_id, right_id, {rank++, merged_id(left, right, i)});
    }
    return out;
  }

 private:
  /// Nothing for the version line, which old files have in front.
  [[nodiscard]] std::optional<Pair> pair_of(const boost::json::array& merges, std::size_t i) const {
    const boost::json::value& merge = merges[i];
    if (merge.is_string() && merges[0].is_string()) {
      const std::string_view line = merge.get_string();
      if (line.starts_with("#version")) return std::nullopt;
      const std::size_t space = line.find(' ');
      if (space != std::string_view::npos && line.find(' ', space + 1) == std::string_view::npos) {
        return Pair(line.substr(0, space), line.substr(space + 1));
      }
      json_.item(i).fail("two tokens with one space between them");
    }
    const boost::json::array* parts = merge.if_array();
    const bool is_pair = parts != nullptr && parts->size() == 2 && merges[0].is_array() &&
                         (*parts)[0].is_string() && (*parts)[1].is_string();
    if (!is_pair) json_.item(i).fail("two tokens, in one form for all merges");
    return Pair((*parts)[0].get_string(), (*parts)[1].get_string());
  }

  [[nodiscard]] std::uint32_t id_of(std::string_view token, std::size_t i) const {
    const auto id = vocabulary_.find(token);
    if (!id) json_.item(i).fail("tokens of the vocabulary", text::concat('"', token, '"'));
    return *id;
  }

  [[nodiscard]] std::uint32_t merged_id(std::string_view left, std::string_view right,
                                        std::size_t i) {
    if (right.size() < prefix_.size()) {
      json_.item(i).fail(text::concat("a second token that begins with \"", prefix_, '"'));
    }
    merged_.assign(left).append(right.substr(prefix_.size()));
    // a trainer gives merged tokens one id after another
    if (vocabulary_.token(next_) == merged_) return next_++;
    next_ = id_of(merged_, i);
    return next_++;
  }

  const JsonCursor& json_;
  const Vocabulary& vocabulary_;
  std::string_view prefix_;
  std::string merged_;
  std::uint32_t next_ = 0;
};

}  // namespace

MergeTable read_merges(const JsonCursor& json, const Vocabulary& vocabulary,
                       std::string_view prefix) {
  return MergeReader(json, vocabulary, prefix).read();
}

}  // namespace hezar::tokenizers
