#include <hub/settings.hpp>

#include <charconv>
#include <system_error>

#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hub/environment.hpp>
#include <hub/url.hpp>
#include <io/printable.hpp>

namespace hezar::hub {

namespace {

constexpr std::uint64_t kMaxTokenFileBytes = 64 << 10;

/// Line ends inside would start another header.
std::string cleaned_token(std::string token) {
  std::erase_if(token, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
  const std::size_t begin = token.find_first_not_of(" \t");
  if (begin == std::string::npos) return {};
  return token.substr(begin, token.find_last_not_of(" \t") - begin + 1);
}

std::string token_from_file() {
  std::string file = expanded_path(environment("HF_TOKEN_PATH"));
  if (file.empty()) file = hf_home() + "/token";
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return {};
  return cleaned_token(io::read_file(file, kMaxTokenFileBytes));
}

std::string found_token() {
  if (environment_flag("HF_HUB_DISABLE_IMPLICIT_TOKEN")) return {};
  for (const char* name : {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"}) {
    if (std::string token = cleaned_token(environment(name)); !token.empty()) return token;
  }
  return token_from_file();
}

void read_seconds(const char* name, std::chrono::milliseconds& into) {
  const std::string text = environment(name);
  if (text.empty()) return;
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  constexpr double kMost = 86'400;
  if (error != std::errc() || end != text.data() + text.size() || !(seconds > 0) ||
      seconds > kMost) {
    throw expected_error(ErrorCode::kValue, name, "seconds, more than 0 and at most a day",
                         io::printable(text), "Correct the variable, or unset it.");
  }
  into = std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

std::string endpoint_from_environment(std::string endpoint) {
  if (std::string given = environment("HF_ENDPOINT"); !given.empty()) endpoint = std::move(given);
  while (endpoint.ends_with('/')) endpoint.pop_back();
  if (is_web_url(endpoint)) return endpoint;
  throw expected_error(ErrorCode::kValue, "HF_ENDPOINT", "a URL like https://huggingface.co",
                       io::printable(shown_url(endpoint)), "Correct the variable, or unset it.");
}

std::string agent_name() {
  std::string out = "hezar/" HEZAR_VERSION;
  if (const std::string origin = environment("HF_HUB_USER_AGENT_ORIGIN"); !origin.empty())
    out += "; origin/" + cleaned_token(origin);
  return out;
}

}  // namespace

Settings Settings::from_environment(const std::string& token) {
  Settings out;
  out.endpoint = endpoint_from_environment(out.endpoint);
  out.token = token.empty() ? found_token() : cleaned_token(token);
  out.offline = environment_flag("HF_HUB_OFFLINE") || environment_flag("TRANSFORMERS_OFFLINE");
  out.symlinks = !environment_flag("HF_HUB_DISABLE_SYMLINKS");
  read_seconds("HF_HUB_ETAG_TIMEOUT", out.metadata_timeout);
  read_seconds("HF_HUB_DOWNLOAD_TIMEOUT", out.download_timeout);
  read_seconds("HEZAR_HUB_MAX_WAIT", out.max_wait);
  out.user_agent = agent_name();
  return out;
}

}  // namespace hezar::hub
