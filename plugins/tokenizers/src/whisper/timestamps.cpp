#include <whisper/timestamps.hpp>

#include <charconv>

namespace hezar::tokenizers {

namespace {

constexpr std::string_view kOpen = "<|";
constexpr std::string_view kClose = "|>";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

/// The length of a time mark that `text` starts with; 0 for none.
std::size_t mark_length(std::string_view text) {
  if (!text.starts_with(kOpen)) return 0;
  const std::size_t point = skip_digits(text, kOpen.size());
  if (point == kOpen.size() || point >= text.size() || text[point] != '.') return 0;
  const std::size_t end = skip_digits(text, point + 1);
  if (end == point + 1 || !text.substr(end).starts_with(kClose)) return 0;
  return end + kClose.size();
}

std::string time_mark(double seconds) {
  char digits[64];
  const auto end =
      std::to_chars(digits, digits + sizeof digits, seconds, std::chars_format::fixed, 2).ptr;
  return std::string(kOpen).append(digits, end).append(kClose);
}

/// Where the parts of a transcript end: between two times that stand together, and after the last.
std::vector<std::size_t> part_ends(const std::vector<std::size_t>& times) {
  std::vector<std::size_t> out;
  for (std::size_t i = 1; i < times.size(); ++i) {
    if (times[i] == times[i - 1] + 1) out.push_back(times[i]);
  }
  if (out.empty() && times.size() <= 1) return out;
  if (out.empty() || out.back() != times.back() + 1) out.push_back(times.back() + 1);
  return out;
}

}  // namespace

std::string without_time_marks(std::string_view text) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = text.find(kOpen); at != std::string_view::npos; at = text.find(kOpen, at)) {
    const std::size_t length = mark_length(text.substr(at));
    if (length == 0) {
      ++at;
      continue;
    }
    out.append(text, done, at - done);
    done = at += length;
  }
  return out.append(text, done);
}

std::string text_with_time_marks(const Integers& ids, std::int64_t first_time_id,
                                 double time_precision, const DecodeIds& decode) {
  std::string out;
  Integers text;
  double latest = 0;
  double before = 0;  // seconds of the segments before
  for (const std::int64_t id : ids) {
    if (id < first_time_id) {
      text.push_back(id);
      continue;
    }
    out.append(decode(text));
    text.clear();
    const double time = static_cast<double>(id - first_time_id) * time_precision;
    if (time < latest) before += latest;
    latest = time;
    out.append(time_mark(time + before));
  }
  return out.append(decode(text));
}

std::vector<WhisperOffset> offsets_of(const Integers& ids, std::int64_t first_time_id,
                                      double time_precision, const DecodeIds& decode) {
  std::vector<std::size_t> times;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (ids[i] >= first_time_id) times.push_back(i);
  }
  std::vector<WhisperOffset> out;
  if (times.empty()) return out;
  const auto seconds = [&](std::int64_t id) {
    return static_cast<double>(id - first_time_id) * time_precision;
  };
  std::size_t begin = times.front();
  for (const std::size_t end : part_ends(times)) {
    if (end > begin + 1) {
      const Integers part(ids.begin() + static_cast<std::ptrdiff_t>(begin),
                          ids.begin() + static_cast<std::ptrdiff_t>(end));
      out.push_back({decode(part), seconds(part.front()), seconds(part.back())});
    }
    begin = end;
  }
  return out;
}

}  // namespace hezar::tokenizers
