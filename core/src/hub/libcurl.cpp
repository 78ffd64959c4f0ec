#include <hub/libcurl.hpp>

#include <exception>
#include <stdexcept>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <io/opened_library.hpp>

namespace hezar::hub {

namespace {

// Its name since 2006; found as if libhezar needed it.
constexpr const char* kLibrary = "libcurl.so.4";

LibCurl functions(const boost::dll::shared_library& library) {
  LibCurl out = {};
  io::find_function(library, "curl_easy_cleanup", out.easy_cleanup);
  io::find_function(library, "curl_easy_getinfo", out.easy_getinfo);
  io::find_function(library, "curl_easy_init", out.easy_init);
  io::find_function(library, "curl_easy_reset", out.easy_reset);
  io::find_function(library, "curl_easy_setopt", out.easy_setopt);
  io::find_function(library, "curl_easy_strerror", out.easy_strerror);
  io::find_function(library, "curl_free", out.free);
  io::find_function(library, "curl_getdate", out.getdate);
  io::find_function(library, "curl_global_init", out.global_init);
  io::find_function(library, "curl_multi_add_handle", out.multi_add_handle);
  io::find_function(library, "curl_multi_cleanup", out.multi_cleanup);
  io::find_function(library, "curl_multi_info_read", out.multi_info_read);
  io::find_function(library, "curl_multi_init", out.multi_init);
  io::find_function(library, "curl_multi_perform", out.multi_perform);
  io::find_function(library, "curl_multi_poll", out.multi_poll);
  io::find_function(library, "curl_multi_remove_handle", out.multi_remove_handle);
  io::find_function(library, "curl_multi_wakeup", out.multi_wakeup);
  io::find_function(library, "curl_slist_append", out.slist_append);
  io::find_function(library, "curl_slist_free_all", out.slist_free_all);
  io::find_function(library, "curl_url", out.url);
  io::find_function(library, "curl_url_cleanup", out.url_cleanup);
  io::find_function(library, "curl_url_get", out.url_get);
  io::find_function(library, "curl_url_set", out.url_set);
  return out;
}

LibCurl open() {
  try {
    const LibCurl curl = functions(io::open_library(kLibrary));
    if (const CURLcode code = curl.global_init(CURL_GLOBAL_DEFAULT); code != CURLE_OK)
      throw std::runtime_error(curl.easy_strerror(code));
    return curl;
  } catch (const std::exception& error) {
    throw Error(ErrorCode::kInternal,
                text::concat("hub: expected ", kLibrary, ", got: ", error.what()),
                "Install libcurl 7.85 or newer.");
  }
}

}  // namespace

const LibCurl& libcurl() {
  static const LibCurl functions = open();
  return functions;
}

}  // namespace hezar::hub
