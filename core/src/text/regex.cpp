#include <hezar/text/regex.hpp>

#include <oniguruma.h>

#include <chrono>
#include <mutex>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

#include <text/regex_properties.hpp>

namespace hezar::text {

namespace {

constexpr std::size_t kMaxPatternBytes = 64UL * 1024;
constexpr unsigned kMaxStack = 2'000'000;  // entries of some 40 bytes

// One retry may cost as much as the text is long, so no fixed number of them is both generous for
// honest patterns and quick to end for hostile ones. A search starts with few and is repeated with
// more while the time that would take is within bounds.
constexpr unsigned long kFirstRetries = 1'000;
constexpr unsigned long kRetryGrowth = 8;
constexpr unsigned long kMaxRetries = 50'000'000;
using Clock = std::chrono::steady_clock;

const OnigUChar* bytes(std::string_view text) {
  return reinterpret_cast<const OnigUChar*>(text.data());
}

std::string shown(std::string_view pattern) {
  constexpr std::size_t kMaxShown = 200;
  if (pattern.size() <= kMaxShown) return concat('"', pattern, '"');
  return concat('"', pattern.substr(0, kMaxShown), "\"...");
}

void initialize() {
  static std::once_flag once;
  std::call_once(once, [] {
    OnigEncoding encodings[] = {ONIG_ENCODING_UTF8};
    onig_initialize(encodings, 1);
  });
}

std::string reason(int code, OnigErrorInfo* info) {
  OnigUChar text[ONIG_MAX_ERROR_MESSAGE_LEN];
  const int length = onig_error_code_to_str(text, code, info);
  return {reinterpret_cast<char*>(text), static_cast<std::size_t>(length)};
}

struct FreeRegex {
  void operator()(regex_t* regex) const { onig_free(regex); }
};
using RegexPointer = std::unique_ptr<regex_t, FreeRegex>;

/// Null, with the reason, for what is no regular expression.
RegexPointer compile_as_is(std::string_view pattern, std::string& why) {
  regex_t* compiled = nullptr;
  OnigErrorInfo info{};
  const int code = onig_new(&compiled, bytes(pattern), bytes(pattern) + pattern.size(),
                            ONIG_OPTION_NONE, ONIG_ENCODING_UTF8, ONIG_SYNTAX_DEFAULT, &info);
  if (code != ONIG_NORMAL) why = reason(code, &info);
  return RegexPointer(code == ONIG_NORMAL ? compiled : nullptr);
}

RegexPointer compile(std::string_view pattern, std::string_view origin) {
  static std::mutex mutex;  // with_reference_properties() changes what compiling reads
  const std::lock_guard lock(mutex);
  std::string why;
  if (auto out = compile_as_is(with_reference_properties(pattern), why)) return out;
  // Some places take no look around, which stands for a word boundary; and messages show this one.
  if (auto out = compile_as_is(pattern, why)) return out;
  throw expected_error(ErrorCode::kConfig, origin, "a regular expression (Oniguruma syntax)",
                       concat(shown(pattern), ": ", why));
}

struct FreeRegion {
  void operator()(OnigRegion* region) const { onig_region_free(region, 1); }
};
struct FreeParameters {
  void operator()(OnigMatchParam* parameters) const { onig_free_match_param(parameters); }
};

}  // namespace

struct Regex::Impl {
  std::string pattern;
  std::string origin;
  std::chrono::milliseconds max_time;
  RegexPointer regex;

  [[noreturn]] void throw_unbounded(const std::string& why) const;
};

namespace {

/// The searches through one text.
class Searcher {
 public:
  Searcher(regex_t* regex, std::string_view text, std::chrono::milliseconds max_time)
      : regex_(regex),
        text_(text),
        region_(onig_region_new()),
        parameters_(onig_new_match_param()),
        deadline_(Clock::now() + max_time) {
    onig_initialize_match_param(parameters_.get());
    onig_set_match_stack_limit_size_of_match_param(parameters_.get(), kMaxStack);
    onig_set_retry_limit_in_match_of_match_param(parameters_.get(), kMaxRetries);
  }

  /// ONIG_MISMATCH, another error, or the place of the match, which match() tells.
  int search(std::size_t from) {
    for (unsigned long retries = kFirstRetries;; retries *= kRetryGrowth) {
      onig_set_retry_limit_in_search_of_match_param(parameters_.get(), retries);
      const Clock::time_point start = Clock::now();
      const int code = search_once(from);
      if (code != ONIGERR_RETRY_LIMIT_IN_SEARCH_OVER) return code;
      const Clock::duration next = (Clock::now() - start) * kRetryGrowth;
      if (retries >= kMaxRetries || Clock::now() + next > deadline_) return code;
    }
  }

  [[nodiscard]] ByteRange match() const {
    return {static_cast<std::size_t>(region_->beg[0]), static_cast<std::size_t>(region_->end[0])};
  }
  [[nodiscard]] bool is_late() const { return Clock::now() > deadline_; }

 private:
  int search_once(std::size_t from) {
    const OnigUChar* begin = bytes(text_);
    const OnigUChar* end = begin + text_.size();
    return onig_search_with_param(regex_, begin, end, begin + from, end, region_.get(),
                                  ONIG_OPTION_NONE, parameters_.get());
  }

  regex_t* regex_;
  std::string_view text_;
  std::unique_ptr<OnigRegion, FreeRegion> region_;
  std::unique_ptr<OnigMatchParam, FreeParameters> parameters_;
  Clock::time_point deadline_;
};

}  // namespace

Regex::Regex(std::string_view pattern, std::string_view origin, std::chrono::milliseconds max_time)
    : impl_(std::make_unique<Impl>()) {
  initialize();
  impl_->max_time = max_time;
  impl_->pattern = pattern;
  impl_->origin = origin;
  if (pattern.size() > kMaxPatternBytes) {
    throw expected_error(ErrorCode::kConfig, origin, "a regular expression of at most 64 KiB",
                         concat(pattern.size(), " bytes"));
  }
  if (const auto invalid = find_invalid_utf8(pattern)) {
    throw invalid_utf8_error(origin, pattern, *invalid);
  }
  impl_->regex = compile(pattern, origin);
}

Regex::~Regex() = default;
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;

const std::string& Regex::pattern() const noexcept {
  return impl_->pattern;
}

void Regex::Impl::throw_unbounded(const std::string& why) const {
  throw expected_error(ErrorCode::kValue, origin,
                       "a pattern that matches this text in bounded time",
                       concat(shown(pattern), ": ", why), "Make its repetitions unambiguous.");
}

std::vector<ByteRange> Regex::find_all(std::string_view text) const {
  Searcher searcher(impl_->regex.get(), text, impl_->max_time);
  std::vector<ByteRange> out;
  std::size_t from = 0;
  while (from <= text.size()) {
    const int code = searcher.search(from);
    if (code == ONIG_MISMATCH) break;
    if (code < 0) impl_->throw_unbounded(reason(code, nullptr));
    const ByteRange found = searcher.match();
    const bool is_repeated = !out.empty() && out.back().end == found.end;
    if (found.begin == found.end && is_repeated) {
      from += from < text.size() ? utf8_length(text[from]) : 1;
    } else {
      from = found.end;
      out.push_back(found);
    }
    if (searcher.is_late()) impl_->throw_unbounded("time limit over");
  }
  return out;
}

std::string Regex::replace_all(std::string_view text, std::string_view replacement) const {
  if (text.empty()) return {};  // as the reference: the empty text has no matches
  std::string out;
  std::size_t done = 0;
  for (const ByteRange& match : find_all(text)) {
    out.append(text, done, match.begin - done);
    out.append(replacement);
    done = match.end;
  }
  out.append(text, done);
  return out;
}

}  // namespace hezar::text
