#pragma once

#include <exception>
#include <memory>
#include <string>

#include <hub/http.hpp>
#include <hub/libcurl.hpp>

namespace hezar::hub {

/// One request and its answer through libcurl.
///
/// Exceptions of the caller's functions are kept while C frames are above them, and thrown on by
/// run().
class CurlExchange {
 public:
  /// @param multi  keeps the connections.
  /// @param easy   reset by this.
  /// @param token  empty: none is sent.
  CurlExchange(CURLM* multi, CURL* easy, const HttpRequest& request, const Settings& settings,
               const std::string& token);
  ~CurlExchange();
  CurlExchange(const CurlExchange&) = delete;
  CurlExchange& operator=(const CurlExchange&) = delete;

  /// @throws HubError kUnreachable; Error kCancelled.
  [[nodiscard]] HttpResponse run();

 private:
  void set_options(const std::string& token);
  void set_limits();
  void set_body();
  void set_proxy();
  void add_header(const std::string& line);
  CURLcode perform();
  [[nodiscard]] std::exception_ptr failure(CURLcode code) const;

  void take_header_line(std::string_view line);
  void take_body(std::string_view data);

  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_write(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_read(char* to, std::size_t size, std::size_t count, void* self);
  static int on_seek(void* self, curl_off_t offset, int origin);

  CURLM* multi_;
  CURL* easy_;
  const HttpRequest& request_;
  const Settings& settings_;
  HttpResponse response_;
  curl_slist* header_list_ = nullptr;
  std::exception_ptr thrown_;
  std::uint64_t sent_ = 0;
  std::uint64_t header_bytes_ = 0;
  bool head_done_ = false;
  bool to_sink_ = false;
  char message_[CURL_ERROR_SIZE] = {};
};

}  // namespace hezar::hub
