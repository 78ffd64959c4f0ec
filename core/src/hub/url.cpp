#include <hub/url.hpp>

#include <algorithm>
#include <memory>

#include <hezar/error/error.hpp>
#include <hub/libcurl.hpp>
#include <io/printable.hpp>

namespace hezar::hub {

namespace {

struct Origin {
  std::string scheme;
  std::string host;
  std::string port;
  bool operator==(const Origin&) const = default;
};

using Url = std::unique_ptr<CURLU, decltype(libcurl().url_cleanup)>;

Url parse(const std::string& text) {
  Url url(libcurl().url(), libcurl().url_cleanup);
  if (url && libcurl().url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) url.reset();
  return url;
}

std::string part(const Url& url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (!url || libcurl().url_get(url.get(), which, &text, flags) != CURLUE_OK) return {};
  std::string out = text;
  libcurl().free(text);
  return out;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

Origin origin_of(const Url& url) {
  return {lower(part(url, CURLUPART_SCHEME)), lower(part(url, CURLUPART_HOST)),
          part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT)};
}

bool is_web(const Origin& origin) {
  return (origin.scheme == "http" || origin.scheme == "https") && !origin.host.empty();
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string quote(std::string_view text, std::string_view keep) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c) || keep.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

std::string join_url(const std::string& base, const std::string& location) {
  const Url url = parse(base);
  const bool joined =
      url && libcurl().url_set(url.get(), CURLUPART_URL, location.c_str(), 0) == CURLUE_OK;
  if (!joined || !is_web(origin_of(url))) {
    throw expected_error(ErrorCode::kHub, shown_url(base), "a redirect to an http or https URL",
                         io::printable(shown_url(location)));
  }
  return part(url, CURLUPART_URL);
}

bool same_origin(const std::string& a, const std::string& b) {
  const Origin first = origin_of(parse(a));
  return is_web(first) && first == origin_of(parse(b));
}

bool is_downgrade(const std::string& from, const std::string& to) {
  return origin_of(parse(from)).scheme == "https" && origin_of(parse(to)).scheme != "https";
}

bool is_web_url(const std::string& url) {
  return is_web(origin_of(parse(url)));
}

std::string shown_url(const std::string& text) {
  const Url url = parse(text);
  if (!url) return text.substr(0, text.find_first_of("?#@"));
  for (const CURLUPart secret :
       {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_QUERY, CURLUPART_FRAGMENT})
    libcurl().url_set(url.get(), secret, nullptr, 0);
  return part(url, CURLUPART_URL);
}

}  // namespace hezar::hub
