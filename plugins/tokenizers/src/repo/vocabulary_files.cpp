#include <repo/vocabulary_files.hpp>

#include <string>
#include <string_view>
#include <unordered_set>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/unicode.hpp>
#include <hezar/text/utf8.hpp>

#include <reader/reference_number.hpp>

namespace hezar::tokenizers {

namespace {

std::string read_text(const std::filesystem::path& file) {
  std::string out = io::read_file(file);
  if (const auto invalid = text::find_invalid_utf8(out)) {
    throw text::invalid_utf8_error(file.string(), out, *invalid);
  }
  return out;
}

/// Without the whitespace at the end.
std::string_view trimmed(std::string_view line) {
  while (!line.empty()) {
    std::size_t last = line.size() - 1;
    while (text::is_utf8_continuation(line[last])) --last;
    if (!text::has(text::decode_utf8(line.data() + last), text::kWhitespace)) break;
    line = line.substr(0, last);
  }
  return line;
}

/// Calls use(line, its number from 0); what follows the last line break is a line where it is not
/// empty.
template <class Use>
void for_each_line(std::string_view text, const Use& use) {
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    use(text.substr(0, end), number++);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

boost::json::object read_vocab_txt(const std::filesystem::path& file) {
  boost::json::object out;
  for_each_line(read_text(file), [&](std::string_view line, std::size_t number) {
    out[trimmed(line)] = static_cast<std::int64_t>(number);
  });
  if (out.empty()) {
    throw expected_error(ErrorCode::kFormat, file.string(), "a token in each line", "no lines");
  }
  return out;
}

boost::json::value read_vocab_json(const std::filesystem::path& file) {
  boost::json::value out = json::read(file);
  if (!out.is_object()) {
    throw expected_error(ErrorCode::kFormat, file.string(), "tokens and their ids in an object",
                         boost::json::to_string(out.kind()));
  }
  for (const auto& member : out.get_object()) {
    if (member.value().is_int64() && member.value().get_int64() >= 0) continue;
    throw expected_error(ErrorCode::kFormat, text::concat(file.string(), ": ", member.key()),
                         "an id", boost::json::serialize(member.value()));
  }
  return out;
}

boost::json::array read_merges(const std::filesystem::path& file) {
  boost::json::array out;
  for_each_line(read_text(file), [&](std::string_view line, std::size_t number) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with("#version")) return;
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || line.find(' ', space + 1) != std::string_view::npos) {
      throw expected_error(ErrorCode::kFormat, text::concat(file.string(), ": line ", number + 1),
                           "two tokens with a space between them", text::concat('"', line, '"'));
    }
    out.push_back(boost::json::array{line.substr(0, space), line.substr(space + 1)});
  });
  return out;
}

boost::json::array scored_pieces(const SentencePieceModel& model, std::size_t first) {
  boost::json::array out;
  for (std::size_t i = first; i < model.pieces.size(); ++i) {
    const auto& piece = model.pieces[i];
    out.push_back(boost::json::array{piece.text, to_be_read_as(static_cast<double>(piece.score))});
  }
  return out;
}

boost::json::object numbered_pieces(const SentencePieceModel& model) {
  boost::json::object out;
  std::int64_t id = 0;
  for (const auto& piece : model.pieces) out[piece.text] = id++;
  return out;
}

boost::json::array merges_of(const SentencePieceModel& model) {
  std::unordered_set<std::string_view> pieces;
  for (const auto& piece : model.pieces) pieces.insert(piece.text);
  boost::json::array out;
  for (const auto& piece : model.pieces) {
    const std::string_view text = piece.text;
    for (std::size_t at = 1; at < text.size(); ++at) {
      if (text::is_utf8_continuation(text[at])) continue;
      const std::string_view left = text.substr(0, at);
      const std::string_view right = text.substr(at);
      if (pieces.contains(left) && pieces.contains(right)) {
        out.push_back(boost::json::array{left, right});
      }
    }
  }
  return out;
}

}  // namespace hezar::tokenizers
