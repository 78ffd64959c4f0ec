#include <hub/curl_exchange.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <new>
#include <system_error>

#include <hezar/text/concat.hpp>
#include <hub/environment.hpp>
#include <hub/hub_error.hpp>
#include <hub/url.hpp>

namespace hezar::hub {

namespace {

constexpr long kReceiveBufferBytes = 512 << 10;  // libcurl's largest; measured: 1.4x of its 16 KiB
constexpr std::uint64_t kMaxHeaderBytes = 1 << 20;
constexpr long kLeastBytesPerSecond = 100;  // slower than this is silence
constexpr int kPollMs = 1000;

template <class T>
void set(CURL* easy, CURLoption option, T value) {
  if (const CURLcode code = libcurl().easy_setopt(easy, option, value); code != CURLE_OK)
    throw Error(ErrorCode::kInternal, text::concat("libcurl: option ", static_cast<int>(option),
                                                   ": ", libcurl().easy_strerror(code)));
}

/// Certificates that the user names, or those of the system where libcurl was built for another.
std::string certificate_file() {
  for (const char* name : {"CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"}) {
    if (std::string file = environment(name); !file.empty()) return expanded_path(file);
  }
  constexpr std::array kKnown = {"/etc/ssl/certs/ca-certificates.crt",
                                 "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
                                 "/etc/ssl/cert.pem"};
  for (const char* file : kKnown) {
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) return file;
  }
  return {};
}

bool passes(CURLcode code) {
  constexpr std::array kPassing = {CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT,
                                   CURLE_OPERATION_TIMEDOUT,   CURLE_PARTIAL_FILE,
                                   CURLE_RECV_ERROR,           CURLE_SEND_ERROR,
                                   CURLE_GOT_NOTHING,          CURLE_HTTP2,
                                   CURLE_HTTP2_STREAM,         CURLE_SSL_CONNECT_ERROR,
                                   CURLE_WEIRD_SERVER_REPLY};
  return std::find(kPassing.begin(), kPassing.end(), code) != kPassing.end();
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

}  // namespace

CurlExchange::CurlExchange(CURLM* multi, CURL* easy, const HttpRequest& request,
                           const Settings& settings, const std::string& token)
    : multi_(multi), easy_(easy), request_(request), settings_(settings) {
  response_.url = request.url;
  libcurl().easy_reset(easy_);
  set_options(token);
  set_limits();
  set_body();
  set_proxy();
}

CurlExchange::~CurlExchange() {
  libcurl().slist_free_all(header_list_);
}

void CurlExchange::add_header(const std::string& line) {
  curl_slist* longer = libcurl().slist_append(header_list_, line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  header_list_ = longer;
}

void CurlExchange::set_options(const std::string& token) {
  // A compressed body has no length to check and ranges of it mean other bytes.
  add_header("Accept-Encoding: identity");
  add_header("Expect:");  // S3 and proxies answer it badly; it only delays
  if (!token.empty()) add_header("Authorization: Bearer " + token);
  for (const std::string& line : request_.headers) add_header(line);
  set(easy_, CURLOPT_HTTPHEADER, header_list_);
  set(easy_, CURLOPT_URL, request_.url.c_str());
  set(easy_, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  set(easy_, CURLOPT_USERAGENT, settings_.user_agent.c_str());
  set(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy_, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set(easy_, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(easy_, CURLOPT_NOSIGNAL, 1L);
  set(easy_, CURLOPT_ERRORBUFFER, message_);
  if (const std::string file = certificate_file(); !file.empty())
    set(easy_, CURLOPT_CAINFO, file.c_str());
  set(easy_, CURLOPT_HEADERFUNCTION, &on_header);
  set(easy_, CURLOPT_HEADERDATA, this);
  set(easy_, CURLOPT_WRITEFUNCTION, &on_write);
  set(easy_, CURLOPT_WRITEDATA, this);
  // Refused after a host that could not be resolved, whose buffer libcurl keeps: then that one
  // does.
  static_cast<void>(libcurl().easy_setopt(easy_, CURLOPT_BUFFERSIZE, kReceiveBufferBytes));
}

/// Silence is bounded, the whole is not: large files take as long as they take.
void CurlExchange::set_limits() {
  const std::chrono::milliseconds silence =
      request_.timeout.count() > 0 ? request_.timeout : settings_.metadata_timeout;
  const auto seconds = static_cast<long>((silence.count() + 999) / 1000);
  set(easy_, CURLOPT_LOW_SPEED_LIMIT, kLeastBytesPerSecond);
  set(easy_, CURLOPT_LOW_SPEED_TIME, seconds);
  set(easy_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(silence.count()));
}

void CurlExchange::set_body() {
  if (request_.method == "HEAD") set(easy_, CURLOPT_NOBODY, 1L);
  if (request_.source) {
    set(easy_, CURLOPT_UPLOAD, 1L);
    set(easy_, CURLOPT_READFUNCTION, &on_read);
    set(easy_, CURLOPT_READDATA, this);
    set(easy_, CURLOPT_SEEKFUNCTION, &on_seek);
    set(easy_, CURLOPT_SEEKDATA, this);
    set(easy_, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request_.source_size));
  } else if (request_.method != "GET" && request_.method != "HEAD") {
    set(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    set(easy_, CURLOPT_POSTFIELDS, request_.body.c_str());
  }
}

/// libcurl leaves HTTP_PROXY alone, because CGI fills it from a request header. Other clients of
/// the Hub read it, so it is taken where this is no CGI.
void CurlExchange::set_proxy() {
  const bool is_cgi = !environment("REQUEST_METHOD").empty();
  if (is_cgi || !environment("http_proxy").empty() || !request_.url.starts_with("http:")) return;
  if (const std::string proxy = environment("HTTP_PROXY"); !proxy.empty())
    set(easy_, CURLOPT_PROXY, proxy.c_str());
}

HttpResponse CurlExchange::run() {
  const CURLcode code = perform();
  if (thrown_) std::rethrow_exception(thrown_);
  if (code != CURLE_OK) std::rethrow_exception(failure(code));
  return std::move(response_);
}

CURLcode CurlExchange::perform() {
  const std::stop_callback wake(request_.stop, [this] { libcurl().multi_wakeup(multi_); });
  CURLMcode code = libcurl().multi_add_handle(multi_, easy_);
  int running = 1;
  while (code == CURLM_OK && running > 0 && !request_.stop.stop_requested()) {
    code = libcurl().multi_perform(multi_, &running);
    if (code == CURLM_OK && running > 0)
      code = libcurl().multi_poll(multi_, nullptr, 0, kPollMs, nullptr);
  }
  CURLcode result = code == CURLM_OK ? CURLE_ABORTED_BY_CALLBACK : CURLE_FAILED_INIT;
  int left = 0;
  while (const CURLMsg* message = libcurl().multi_info_read(multi_, &left)) {
    if (message->msg == CURLMSG_DONE) result = message->data.result;
  }
  libcurl().multi_remove_handle(multi_, easy_);
  return result;
}

std::exception_ptr CurlExchange::failure(CURLcode code) const {
  const std::string where = shown_url(request_.url);
  if (request_.stop.stop_requested()) {
    return std::make_exception_ptr(
        Error(ErrorCode::kCancelled, text::concat(where, ": stopped on request")));
  }
  const std::string_view detail = message_[0] != '\0' ? message_ : libcurl().easy_strerror(code);
  return std::make_exception_ptr(HubError(
      Failure::kUnreachable,
      text::concat(where, ": expected a whole answer, got: ", shown_text(detail, settings_)),
      "Check the network, the proxy variables and HF_ENDPOINT.", passes(code)));
}

void CurlExchange::take_header_line(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > kMaxHeaderBytes) {
    throw hub_error(Failure::kServer, shown_url(request_.url), "headers of a sane size",
                    "more than 1 MiB of them");
  }
  if (head_done_) return;  // trailers
  if (line.starts_with("HTTP/")) {
    response_.headers.clear();
    return;
  }
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos) {
    response_.headers.add(std::string(line.substr(0, colon)),
                          std::string(trimmed(line.substr(colon + 1))));
    return;
  }
  if (!trimmed(line).empty()) return;
  long status = 0;
  libcurl().easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
  if (status < 200) return;  // 100 Continue: the answer is still to come
  head_done_ = true;
  response_.status = static_cast<int>(status);
  to_sink_ = request_.on_head && request_.on_head(response_) && request_.on_body;
}

void CurlExchange::take_body(std::string_view data) {
  if (to_sink_) {
    request_.on_body(data);
    return;
  }
  if (response_.body.size() + data.size() > request_.max_body_bytes) {
    throw hub_error(Failure::kServer, shown_url(request_.url),
                    text::concat("an answer of at most ", request_.max_body_bytes, " bytes"),
                    "a longer one");
  }
  response_.body.append(data);
}

std::size_t CurlExchange::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  auto& exchange = *static_cast<CurlExchange*>(self);
  try {
    exchange.take_header_line({data, size * count});
    return size * count;
  } catch (...) {
    exchange.thrown_ = std::current_exception();
    return 0;
  }
}

std::size_t CurlExchange::on_write(char* data, std::size_t size, std::size_t count, void* self) {
  auto& exchange = *static_cast<CurlExchange*>(self);
  try {
    exchange.take_body({data, size * count});
    return size * count;
  } catch (...) {
    exchange.thrown_ = std::current_exception();
    return CURL_WRITEFUNC_ERROR;
  }
}

std::size_t CurlExchange::on_read(char* to, std::size_t size, std::size_t count, void* self) {
  auto& exchange = *static_cast<CurlExchange*>(self);
  try {
    const std::size_t given = exchange.request_.source(exchange.sent_, {to, size * count});
    exchange.sent_ += given;
    return given;
  } catch (...) {
    exchange.thrown_ = std::current_exception();
    return CURL_READFUNC_ABORT;
  }
}

int CurlExchange::on_seek(void* self, curl_off_t offset, int origin) {
  if (origin != SEEK_SET || offset < 0) return CURL_SEEKFUNC_FAIL;
  static_cast<CurlExchange*>(self)->sent_ = static_cast<std::uint64_t>(offset);
  return CURL_SEEKFUNC_OK;
}

}  // namespace hezar::hub
