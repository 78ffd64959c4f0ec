#include <hub/libcrypto.hpp>

#include <exception>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <io/opened_library.hpp>

namespace hezar::hub {

namespace {

// OpenSSL 3 of any minor version.
constexpr const char* kLibrary = "libcrypto.so.3";

LibCrypto open() {
  try {
    const boost::dll::shared_library library = io::open_library(kLibrary);
    LibCrypto out = {};
    io::find_function(library, "EVP_DigestFinal_ex", out.digest_final);
    io::find_function(library, "EVP_DigestInit_ex", out.digest_init);
    io::find_function(library, "EVP_DigestUpdate", out.digest_update);
    io::find_function(library, "EVP_EncodeBlock", out.encode_block);
    io::find_function(library, "EVP_MD_CTX_free", out.context_free);
    io::find_function(library, "EVP_MD_CTX_new", out.context_new);
    io::find_function(library, "EVP_sha1", out.sha1);
    io::find_function(library, "EVP_sha256", out.sha256);
    return out;
  } catch (const std::exception& error) {
    throw Error(ErrorCode::kInternal,
                text::concat("hub: expected ", kLibrary, ", got: ", error.what()),
                "Install OpenSSL 3.");
  }
}

}  // namespace

const LibCrypto& libcrypto() {
  static const LibCrypto functions = open();
  return functions;
}

}  // namespace hezar::hub
