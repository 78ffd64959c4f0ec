#include <hezar/text/unicode.hpp>

#include <algorithm>

#include <hezar/text/utf8.hpp>

namespace hezar::text {

namespace detail {

namespace {

/// Offsets into kMappingPool, where a length stands before its characters; 0: itself.
struct Mapping {
  std::uint16_t canonical;
  std::uint16_t compatibility;
  std::uint16_t lower;
};

struct Composition {
  char32_t first;
  char32_t second;
  char32_t composed;
};

}  // namespace

#include <text/unicode_tables.inc>

}  // namespace detail

namespace {

// Unicode 16, section 3.12
constexpr char32_t kHangulBase = 0xAC00;
constexpr char32_t kLeadBase = 0x1100;
constexpr char32_t kVowelBase = 0x1161;
constexpr char32_t kTrailBase = 0x11A7;
constexpr char32_t kLeadCount = 19;
constexpr char32_t kVowelCount = 21;
constexpr char32_t kTrailCount = 28;
constexpr char32_t kHangulCount = kLeadCount * kVowelCount * kTrailCount;

const detail::Mapping& mapping(char32_t character) noexcept {
  const std::size_t block = detail::kMappingIndex[character >> 7U];
  return detail::kMappings[detail::kMappingBlocks[block << 7U | (character & 127U)]];
}

std::u32string_view pooled(std::uint16_t offset) noexcept {
  return {detail::kMappingPool + offset + 1, detail::kMappingPool[offset]};
}

bool composes(Form form) noexcept {
  return form == Form::kNfc || form == Form::kNfkc;
}
bool is_compatible(Form form) noexcept {
  return form == Form::kNfkc || form == Form::kNfkd;
}

/// The composed character, or 0.
char32_t compose(char32_t first, char32_t second) noexcept {
  if (!has(second, kComposesBack)) return 0;
  if (first - kLeadBase < kLeadCount && second - kVowelBase < kVowelCount) {
    return kHangulBase + ((first - kLeadBase) * kVowelCount + (second - kVowelBase)) * kTrailCount;
  }
  const bool is_open_syllable =
      first - kHangulBase < kHangulCount && (first - kHangulBase) % kTrailCount == 0;
  if (is_open_syllable && second > kTrailBase && second < kTrailBase + kTrailCount) {
    return first + (second - kTrailBase);
  }
  const detail::Composition* end = detail::kCompositions + detail::kCompositionCount;
  const detail::Composition* found = std::lower_bound(
      detail::kCompositions, end, std::pair(first, second),
      [](const detail::Composition& c, const std::pair<char32_t, char32_t>& wanted) {
        return std::pair(c.first, c.second) < wanted;
      });
  const bool is_there = found != end && found->first == first && found->second == second;
  return is_there ? found->composed : 0;
}

/// Canonical order: marks between two starters are sorted by class. Equal classes keep their order.
class Decomposer {
 public:
  Decomposer(bool compatible, std::vector<NormalizedCharacter>& out)
      : compatible_(compatible), out_(out), pending_(out.size()) {}

  void add(char32_t character) {
    if (character - kHangulBase < kHangulCount) {
      add_hangul(character - kHangulBase);
      return;
    }
    const detail::Mapping& found = mapping(character);
    const std::uint16_t offset = compatible_ ? found.compatibility : found.canonical;
    if (offset == 0) {
      push({character, 1});
      return;
    }
    std::int32_t consumed = 1;
    for (const char32_t part : pooled(offset)) {
      push({part, consumed});
      consumed = 0;
    }
  }

  void finish() {
    std::stable_sort(out_.begin() + static_cast<std::ptrdiff_t>(pending_), out_.end(),
                     [](const NormalizedCharacter& a, const NormalizedCharacter& b) {
                       return properties(a.character).combining_class <
                              properties(b.character).combining_class;
                     });
    pending_ = out_.size();
  }

 private:
  void push(NormalizedCharacter item) {
    const bool is_starter = properties(item.character).combining_class == 0;
    if (is_starter) finish();
    out_.push_back(item);
    if (is_starter) pending_ = out_.size();
  }

  void add_hangul(char32_t index) {
    push({kLeadBase + index / (kVowelCount * kTrailCount), 1});
    push({kVowelBase + index % (kVowelCount * kTrailCount) / kTrailCount, 0});
    if (index % kTrailCount != 0) push({kTrailBase + index % kTrailCount, 0});
  }

  bool compatible_;
  std::vector<NormalizedCharacter>& out_;
  std::size_t pending_;
};

/// Composes out[from..] in place. `starter` is where a following mark may go; a mark is blocked
/// when one of its class or higher stands between.
void compose_run(std::vector<NormalizedCharacter>& out, std::size_t from) {
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t starter = kNone;
  std::size_t write = from;
  int last_class = -1;  // of the marks kept after the starter; -1: none
  for (std::size_t read = from; read < out.size(); ++read) {
    const NormalizedCharacter item = out[read];
    const int item_class = properties(item.character).combining_class;
    if (starter != kNone && last_class < item_class) {
      if (const char32_t composed = compose(out[starter].character, item.character)) {
        out[starter].character = composed;
        out[starter].consumed += item.consumed;
        continue;
      }
    }
    if (item_class == 0) {
      starter = write;
      last_class = -1;
    } else if (starter != kNone) {
      last_class = item_class;
    }
    out[write++] = item;
  }
  out.resize(write);
}

}  // namespace

std::u32string_view lower_case(char32_t character) noexcept {
  const std::uint16_t offset = mapping(character).lower;
  return offset == 0 ? std::u32string_view() : pooled(offset);
}

std::string to_lower(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); at += utf8_length(text[at])) {
    const char32_t character = decode_utf8(text.data() + at);
    const std::u32string_view lower = lower_case(character);
    if (lower.empty()) out.append(text, at, utf8_length(text[at]));
    for (const char32_t part : lower) append_utf8(out, part);
  }
  return out;
}

ByteRange next_changing_run(std::string_view text, std::size_t from, Form form) noexcept {
  unsigned changes = is_compatible(form) ? kHasCompatibility : kHasCanonical;
  if (form == Form::kNfc) changes = kNfcChanges;
  if (form == Form::kNfkc) changes = kNfkcChanges;
  const unsigned touched = changes | kComposesBack;
  std::size_t last = from;  // the character before `at`
  std::size_t at = from;
  while (at < text.size()) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      at = skip_ascii(text, at);
      last = at - 1;
      continue;
    }
    if (has(decode_utf8(text.data() + at), touched)) break;
    last = at;
    at += utf8_length(text[at]);
  }
  if (at >= text.size()) return {text.size(), text.size()};
  const std::size_t begin = composes(form) ? last : at;
  while (at < text.size() && has(decode_utf8(text.data() + at), touched)) {
    at += utf8_length(text[at]);
  }
  return {begin, at};
}

void normalize_run(std::string_view run, Form form, std::vector<NormalizedCharacter>& out) {
  const std::size_t from = out.size();
  Decomposer decomposer(is_compatible(form), out);
  for (std::size_t at = 0; at < run.size(); at += utf8_length(run[at])) {
    decomposer.add(decode_utf8(run.data() + at));
  }
  decomposer.finish();
  if (composes(form)) compose_run(out, from);
}

std::string_view trim(std::string_view text) noexcept {
  const auto is_space = [&](std::size_t at) {
    return has(decode_utf8(text.data() + at), kWhitespace);
  };
  while (!text.empty() && is_space(0)) text.remove_prefix(utf8_length(text.front()));
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (is_utf8_continuation(text[last])) --last;
    if (!is_space(last)) break;
    text.remove_suffix(text.size() - last);
  }
  return text;
}

std::string normalize(std::string_view text, Form form) {
  std::string out;
  out.reserve(text.size());
  std::vector<NormalizedCharacter> changed;
  std::size_t done = 0;
  while (done < text.size()) {
    const ByteRange run = next_changing_run(text, done, form);
    out.append(text, done, run.begin - done);
    changed.clear();
    normalize_run(text.substr(run.begin, run.end - run.begin), form, changed);
    for (const NormalizedCharacter& item : changed) append_utf8(out, item.character);
    done = run.end;
  }
  return out;
}

}  // namespace hezar::text
