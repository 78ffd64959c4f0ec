#include <text/regex_properties.hpp>

#include <oniguruma.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include <hezar/text/concat.hpp>

namespace hezar::text {

namespace {

struct NamedRanges {
  std::string_view name;
  const OnigCodePoint* ranges;
};

#include <text/regex_properties.inc>

/// What Oniguruma calls a property of the reference; nothing where it takes no more of them.
std::optional<std::string> told_name(const OnigCodePoint* ranges) {
  static std::vector<const OnigCodePoint*> told;
  const auto known = std::find(told.begin(), told.end(), ranges);
  std::string name = concat("hezar", known - told.begin());
  if (known != told.end()) return name;
  // It only reads them.
  const int code =
      onig_unicode_define_user_property(name.c_str(), const_cast<OnigCodePoint*>(ranges));
  if (code != ONIG_NORMAL) return std::nullopt;
  told.push_back(ranges);
  return name;
}

/// `\p{name}` for a name as Oniguruma reads them, without regard to case, spaces, `-` and `_`.
std::optional<std::string> property(std::string_view name, bool is_negated) {
  std::string plain;
  for (const char letter : name) {
    if (letter == ' ' || letter == '-' || letter == '_') continue;
    plain += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  const auto* found = std::lower_bound(
      std::begin(kProperties), std::end(kProperties), plain,
      [](const NamedRanges& known, const std::string& wanted) { return known.name < wanted; });
  if (found == std::end(kProperties) || found->name != plain) return std::nullopt;
  const auto told = told_name(found->ranges);
  if (!told) return std::nullopt;
  return concat(is_negated ? R"(\P{)" : R"(\p{)", *told, "}");
}

/// Replaces the properties of a pattern from its start to its end.
class Rewriter {
 public:
  explicit Rewriter(std::string_view pattern) : rest_(pattern) {}

  /// Nothing where options of the pattern change what properties mean.
  std::optional<std::string> run() {
    while (!rest_.empty()) {
      if (depth_ == 0 && has_ascii_option()) return std::nullopt;
      step();
    }
    return std::move(out_);
  }

 private:
  void step() {
    if (rest_.front() == '\\' && rest_.size() > 1) {
      if (!put_escape()) copy(2);
      return;
    }
    if (depth_ > 0 && rest_.starts_with("[:") && put_class()) return;
    if (rest_.front() == '[') {
      ++depth_;
      // what follows at once is no closing bracket
      copy(rest_.starts_with("[^]") ? 3 : rest_.starts_with("[]") ? 2 : 1);
      return;
    }
    if (rest_.front() == ']' && depth_ > 0) --depth_;
    copy(1);
  }

  /// `(?W)`, `(?D)`, `(?S)`, `(?P)`: only ASCII counts.
  [[nodiscard]] bool has_ascii_option() const {
    if (!rest_.starts_with("(?")) return false;
    const std::string_view options = rest_.substr(2, rest_.find_first_of(":)<=!>", 2) - 2);
    return options.find_first_of("WDSPa") != std::string_view::npos;
  }

  bool put_escape() {
    const char kind = rest_[1];
    if (kind == 'w' || kind == 'W') return put(word(), kind == 'W', 2);
    if (kind == 'd' || kind == 'D') return put("digit", kind == 'D', 2);
    if (kind == 'p' || kind == 'P') return put_property(kind == 'P');
    if ((kind == 'b' || kind == 'B') && depth_ == 0) return put_boundary(kind == 'B');
    return false;
  }

  /// `\p{L}`, `\P{L}`, `\p{^L}`
  bool put_property(bool is_negated) {
    const std::size_t end = rest_.find('}');
    if (!rest_.substr(2).starts_with('{') || end == std::string_view::npos) return false;
    std::string_view name = rest_.substr(3, end - 3);
    if (name.starts_with('^')) {
      is_negated = !is_negated;
      name.remove_prefix(1);
    }
    return put(name == "word" || name == "Word" ? word() : name, is_negated, end + 1);
  }

  /// `[:alpha:]`, `[:^alpha:]`
  bool put_class() {
    const std::size_t end = rest_.find(":]");
    if (end == std::string_view::npos) return false;
    std::string_view name = rest_.substr(2, end - 2);
    const bool is_negated = name.starts_with('^');
    if (is_negated) name.remove_prefix(1);
    return put(name == "punct" || name == "word" ? concat("bracketed", name) : std::string(name),
               is_negated, end + 2);
  }

  bool put_boundary(bool is_negated) {
    const auto in = property("word", false);
    if (!in) return false;
    out_ += is_negated ? concat("(?:(?<=", *in, ")(?=", *in, ")|(?<!", *in, ")(?!", *in, "))")
                       : concat("(?:(?<=", *in, ")(?!", *in, ")|(?<!", *in, ")(?=", *in, "))");
    rest_.remove_prefix(2);
    return true;
  }

  [[nodiscard]] std::string_view word() const { return depth_ > 0 ? "bracketedword" : "word"; }

  /// @param size  bytes of the pattern that the property stands for.
  bool put(std::string_view name, bool is_negated, std::size_t size) {
    const auto found = property(name, is_negated);
    if (!found) return false;
    out_ += *found;
    rest_.remove_prefix(size);
    return true;
  }

  void copy(std::size_t size) {
    out_ += rest_.substr(0, size);
    rest_.remove_prefix(size);
  }

  std::string_view rest_;
  std::string out_;
  int depth_ = 0;  // of open brackets
};

}  // namespace

std::string with_reference_properties(std::string_view pattern) {
  return Rewriter(pattern).run().value_or(std::string(pattern));
}

}  // namespace hezar::text
