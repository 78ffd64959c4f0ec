#pragma once

#include <openssl/evp.h>

namespace hezar::hub {

/// What hashes and base64 take of libcrypto, without `EVP_`.
///
/// libhezar opens it at the first use instead of naming it as needed: its 17,000 relocations cost
/// every start of `hezar` 1.7 ms (3.2 of 4.9 ms were left without them).
struct LibCrypto {
  decltype(&::EVP_DigestFinal_ex) digest_final;
  decltype(&::EVP_DigestInit_ex) digest_init;
  decltype(&::EVP_DigestUpdate) digest_update;
  decltype(&::EVP_EncodeBlock) encode_block;
  decltype(&::EVP_MD_CTX_free) context_free;
  decltype(&::EVP_MD_CTX_new) context_new;
  decltype(&::EVP_sha1) sha1;
  decltype(&::EVP_sha256) sha256;
};

/// Opens libcrypto at the first call; it stays open.
/// @throws Error kInternal where it is missing.
/// @thread safe.
[[nodiscard]] const LibCrypto& libcrypto();

}  // namespace hezar::hub
