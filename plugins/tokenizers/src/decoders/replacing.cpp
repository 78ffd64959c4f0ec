#include <decoders/replacing.hpp>

#include <utility>

#include <hezar/text/utf8.hpp>

namespace hezar::tokenizers {

namespace {

constexpr std::pair<std::string_view, std::string_view> kCleanUps[] = {
    {" .", "."},   {" ?", "?"},     {" !", "!"},     {" ,", ","},
    {" ' ", "'"},  {" n't", "n't"}, {" 'm", "'m"},   {" do not", " don't"},
    {" 's", "'s"}, {" 've", "'ve"}, {" 're", "'re"},
};

/// Whether one of kCleanUps may match; most tokens have no space but the one before them.
bool may_need_clean_up(std::string_view text) {
  for (std::size_t at = text.find(' '); at != std::string_view::npos; at = text.find(' ', at + 1)) {
    const std::string_view rest = text.substr(at + 1);
    if (rest.empty()) return false;
    if (std::string_view(".?!,'").find(rest[0]) != std::string_view::npos) return true;
    if (rest.starts_with("n'") || rest.starts_with("do not")) return true;
  }
  return false;
}

}  // namespace

void append_replaced(std::string& out, std::string_view text, std::string_view from,
                     std::string_view to) {
  if (from.empty()) {
    for (std::size_t at = 0; at < text.size(); at += text::utf8_length(text[at])) {
      out.append(to).append(text.substr(at, text::utf8_length(text[at])));
    }
    out.append(to);
    return;
  }
  std::size_t kept = 0;
  for (std::size_t at = text.find(from); at != std::string_view::npos; at = text.find(from, kept)) {
    out.append(text.substr(kept, at - kept)).append(to);
    kept = at + from.size();
  }
  out.append(text.substr(kept));
}

void clean_up(std::string& text, std::size_t begin) {
  if (!may_need_clean_up(std::string_view(text).substr(begin))) return;
  std::string token = text.substr(begin);
  std::string next;
  for (const auto& [from, to] : kCleanUps) {
    next.clear();
    append_replaced(next, token, from, to);
    token.swap(next);
  }
  text.resize(begin);
  text.append(token);
}

}  // namespace hezar::tokenizers
