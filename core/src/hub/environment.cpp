#include <hub/environment.hpp>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace hezar::hub {

namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// `$NAME` and `${NAME}`; those that are unset stay as they are, as in Python's expandvars.
std::string with_variables(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '$') {
      out += text[at++];
      continue;
    }
    const bool braced = at + 1 < text.size() && text[at + 1] == '{';
    const std::size_t begin = at + (braced ? 2 : 1);
    std::size_t end = begin;
    while (end < text.size() && is_name_character(text[end])) ++end;
    const std::size_t after = end + (braced ? 1 : 0);
    const bool closed = !braced || (end < text.size() && text[end] == '}');
    const char* value =
        closed ? std::getenv(std::string(text.substr(begin, end - begin)).c_str()) : nullptr;
    if (value == nullptr) {
      out += text[at++];
      continue;
    }
    out += value;
    at = after;
  }
  return out;
}

}  // namespace

std::string environment(const char* name) {
  const char* found = std::getenv(name);
  const std::string_view text = found == nullptr ? "" : found;
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1));
}

bool environment_flag(const char* name) {
  std::string value = environment(name);
  std::transform(value.begin(), value.end(), value.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return value == "1" || value == "ON" || value == "YES" || value == "TRUE";
}

std::string expanded_path(const std::string& path) {
  std::string out = with_variables(path);
  const bool has_tilde = out == "~" || out.starts_with("~/");
  if (has_tilde) out.replace(0, 1, environment("HOME"));
  return out;
}

std::string hf_home() {
  if (const std::string home = environment("HF_HOME"); !home.empty()) return expanded_path(home);
  if (const std::string cache = environment("XDG_CACHE_HOME"); !cache.empty())
    return expanded_path(cache) + "/huggingface";
  return expanded_path("~/.cache/huggingface");
}

std::string hf_hub_cache() {
  for (const char* name : {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"}) {
    if (const std::string cache = environment(name); !cache.empty()) return expanded_path(cache);
  }
  return hf_home() + "/hub";
}

}  // namespace hezar::hub
