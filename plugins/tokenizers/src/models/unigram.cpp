#include <models/unigram.hpp>

#include <algorithm>
#include <limits>

#include <hezar/error/error.hpp>
#include <hezar/text/utf8.hpp>

#include <reader/reference_number.hpp>

namespace hezar::tokenizers {

namespace {

constexpr double kUnknownPenalty = 10;
constexpr std::uint32_t kNowhere = 0xFFFF'FFFFU;
constexpr std::size_t kMaxKeptSteps = std::size_t{1} << 16U;

double read_score(const JsonCursor& json) {
  if (!json.value().is_number()) json.fail("a number");
  return json.value().to_number<double>();
}

}  // namespace

struct Unigram::Step {
  double score = 0;
  std::uint32_t begin = kNowhere;  // of the last piece
  std::uint32_t id = 0;
};

Unigram::Unigram(const JsonCursor& json) : unknown_place_(json.place() + ".unk_id") {
  json.only({"unk_id", "vocab", "byte_fallback"});
  read(json.at("vocab"));
  if (const auto unknown = json.find("unk_id")) {
    if (pieces_.empty()) unknown->fail("null, for the vocabulary is empty");
    const auto last = static_cast<std::int64_t>(pieces_.size()) - 1;
    unknown_id_ = static_cast<std::uint32_t>(unknown->integer(last));
  }
  if (const auto fallback = json.find("byte_fallback")) byte_fallback_ = fallback->boolean();
  build();
}

void Unigram::read(const JsonCursor& vocab) {
  const boost::json::array& items = vocab.array();
  pieces_.reserve(items.size());
  scores_.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const boost::json::array* pair = items[i].if_array();
    if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_string()) {
      vocab.item(i).fail("a list of a token and its score");
    }
    const std::size_t begin = texts_.size();
    texts_.append((*pair)[0].get_string());
    const double score =
        (*pair)[1].is_double() ? (*pair)[1].get_double() : read_score(vocab.item(i).item(1));
    pieces_.push_back({begin, texts_.size(), score});
    scores_.push_back(as_reference_reads(score));
  }
}

void Unigram::build() {
  KeyedTexts keys;
  keys.reserve(pieces_.size());
  double lowest = std::numeric_limits<double>::infinity();
  for (const double score : scores_) lowest = std::min(lowest, score);
  for (const Piece& piece : pieces_) {
    keys.emplace_back(text_of(piece), static_cast<std::int32_t>(keys.size()));
  }
  unknown_score_ = lowest - kUnknownPenalty;
  sort_keys(keys);
  // of equal pieces the last one counts
  const auto is_repeated = [&](std::size_t i) {
    return i + 1 < keys.size() && keys[i].first == keys[i + 1].first;
  };
  std::size_t kept = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!is_repeated(i)) keys[kept++] = keys[i];
  }
  keys.resize(kept);
  trie_ = DoubleArray(keys);
  constexpr char kDigits[] = "0123456789ABCDEF";
  for (std::size_t byte = 0; byte < byte_ids_.size(); ++byte) {
    const char token[] = {'<', '0', 'x', kDigits[byte >> 4U], kDigits[byte & 15U], '>'};
    byte_ids_[byte] = trie_.find({token, sizeof(token)});
  }
}

// The inner loop of the model: one look into the trie for each byte of each piece that could begin
// here. The steps live as long as the thread, so that a word costs no allocation.
void Unigram::find_best_steps(std::string_view text, std::vector<Step>& steps) const {
  steps.assign(text.size() + 1, Step());
  const auto size = static_cast<std::uint32_t>(text.size());
  for (std::uint32_t begin = 0; begin < size;) {
    const double before = steps[begin].score;
    const auto next = begin + static_cast<std::uint32_t>(text::utf8_length(text[begin]));
    const auto take = [&](std::uint32_t end, double score, std::uint32_t id) {
      Step& step = steps[end];
      if (step.begin == kNowhere || score > step.score) step = {score, begin, id};
    };
    bool is_known = false;
    std::int32_t node = DoubleArray::kRoot;
    for (std::uint32_t at = begin; at < size;) {
      node = trie_.step(node, text[at++]);
      if (node == DoubleArray::kNone) break;
      const std::int32_t id = trie_.value(node);
      if (id == DoubleArray::kNone) continue;
      take(at, before + scores_[static_cast<std::size_t>(id)], static_cast<std::uint32_t>(id));
      is_known = is_known || at == next;
    }
    if (!is_known) take(next, before + unknown_score_, unknown_id_.value_or(kNowhere));
    begin = next;
  }
}

void Unigram::tokenize(const Word& word, std::vector<Token>& out) const {
  thread_local std::vector<Step> steps;
  find_best_steps(word.text, steps);
  const std::size_t first = out.size();
  std::uint32_t unknown_end = 0;  // of the unknown characters that are gathered, or 0
  for (auto end = static_cast<std::uint32_t>(word.text.size()); end > 0;) {
    const Step& step = steps[end];
    if (step.id == kNowhere || step.id == unknown_id_) {
      if (unknown_end == 0) unknown_end = end;
    } else {
      if (unknown_end != 0) push_unknown(word, end, unknown_end, out);
      unknown_end = 0;
      out.push_back({step.id, word.begin + step.begin, word.begin + end, word.piece});
    }
    end = step.begin;
  }
  if (unknown_end != 0) push_unknown(word, 0, unknown_end, out);
  std::reverse(out.begin() + static_cast<std::ptrdiff_t>(first), out.end());
  if (steps.size() > kMaxKeptSteps) std::vector<Step>().swap(steps);
}

/// Appends bytes [begin, end) of the word, the last token first.
void Unigram::push_unknown(const Word& word, std::uint32_t begin, std::uint32_t end,
                           std::vector<Token>& out) const {
  if (!unknown_id_) {
    throw expected_error(ErrorCode::kFormat, unknown_place_,
                         "the id of a token, for the text has unknown characters", "null");
  }
  const std::int32_t known = trie_.find(word.text.substr(begin, end - begin));
  if (known == DoubleArray::kNone && byte_fallback_ && push_bytes(word, begin, end, out)) return;
  const std::uint32_t id =
      known == DoubleArray::kNone ? *unknown_id_ : static_cast<std::uint32_t>(known);
  out.push_back({id, word.begin + begin, word.begin + end, word.piece});
}

bool Unigram::push_bytes(const Word& word, std::uint32_t begin, std::uint32_t end,
                         std::vector<Token>& out) const {
  const auto id_of = [&](std::uint32_t at) {
    return byte_ids_[static_cast<unsigned char>(word.text[at])];
  };
  for (std::uint32_t at = begin; at < end; ++at) {
    if (id_of(at) == DoubleArray::kNone) return false;
  }
  for (std::uint32_t at = end; at > begin; --at) {
    out.push_back({static_cast<std::uint32_t>(id_of(at - 1)), word.begin + begin, word.begin + end,
                   word.piece});
  }
  return true;
}

std::optional<std::uint32_t> Unigram::token_to_id(std::string_view token) const {
  const std::int32_t id = trie_.find(token);
  return id == DoubleArray::kNone ? std::nullopt : std::optional(static_cast<std::uint32_t>(id));
}

std::optional<std::string_view> Unigram::id_to_token(std::uint32_t id) const {
  if (id >= pieces_.size()) return std::nullopt;
  return text_of(pieces_[id]);
}

boost::json::value Unigram::vocab_json() const {
  boost::json::array out;
  out.reserve(pieces_.size());
  for (const Piece& piece : pieces_) {
    out.push_back(boost::json::array{boost::json::string_view(text_of(piece)), piece.score});
  }
  return out;
}

}  // namespace hezar::tokenizers
