#include <hub/libcurl.hpp>

#include <exception>
#include <stdexcept>

#include <boost/dll/shared_library.hpp>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::hub {

namespace {

// Its name since 2006; found as if libhezar needed it.
constexpr const char* kLibrary = "libcurl.so.4";

template <class Function>
void find(const boost::dll::shared_library& library, const char* name, Function*& to) {
  to = &library.get<Function>(name);
}

LibCurl functions(const boost::dll::shared_library& library) {
  LibCurl out = {};
  find(library, "curl_easy_cleanup", out.easy_cleanup);
  find(library, "curl_easy_getinfo", out.easy_getinfo);
  find(library, "curl_easy_init", out.easy_init);
  find(library, "curl_easy_reset", out.easy_reset);
  find(library, "curl_easy_setopt", out.easy_setopt);
  find(library, "curl_easy_strerror", out.easy_strerror);
  find(library, "curl_free", out.free);
  find(library, "curl_getdate", out.getdate);
  find(library, "curl_global_init", out.global_init);
  find(library, "curl_multi_add_handle", out.multi_add_handle);
  find(library, "curl_multi_cleanup", out.multi_cleanup);
  find(library, "curl_multi_info_read", out.multi_info_read);
  find(library, "curl_multi_init", out.multi_init);
  find(library, "curl_multi_perform", out.multi_perform);
  find(library, "curl_multi_poll", out.multi_poll);
  find(library, "curl_multi_remove_handle", out.multi_remove_handle);
  find(library, "curl_multi_wakeup", out.multi_wakeup);
  find(library, "curl_slist_append", out.slist_append);
  find(library, "curl_slist_free_all", out.slist_free_all);
  find(library, "curl_url", out.url);
  find(library, "curl_url_cleanup", out.url_cleanup);
  find(library, "curl_url_get", out.url_get);
  find(library, "curl_url_set", out.url_set);
  return out;
}

/// Never closed: what it started may outlive whatever would close it.
const boost::dll::shared_library& library() {
  using boost::dll::load_mode::type;
  constexpr type kMode = boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local |
                         boost::dll::load_mode::search_system_folders;
  static const auto& kept = *new boost::dll::shared_library(kLibrary, kMode);
  return kept;
}

LibCurl open() {
  try {
    const LibCurl curl = functions(library());
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
