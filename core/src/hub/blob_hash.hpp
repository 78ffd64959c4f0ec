#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>

#include <io/file_handle.hpp>

namespace hezar::hub {

/// Whether this can be the name of a blob: 64 hexadecimal digits (the sha256 of a large file) or 40
/// (git's sha1 of a regular one). It becomes a file name, so nothing else may pass.
[[nodiscard]] bool is_blob_id(std::string_view text);

/// The hash that a blob's name says it has, computed piece by piece.
class BlobHash {
 public:
  /// @param id    of the blob; its length tells which hash it is.
  /// @param size  of the whole in bytes; part of what git hashes.
  BlobHash(std::string_view id, std::uint64_t size);
  ~BlobHash();
  BlobHash(const BlobHash&) = delete;
  BlobHash& operator=(const BlobHash&) = delete;

  void update(std::span<const char> data);
  /// Lower-case hexadecimal; ends the computation.
  [[nodiscard]] std::string finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// Hashes a file on a thread of its own while it still grows.
///
/// It reads back what the download has just written, from the page cache: hashing costs the
/// download nothing where a core is free, and what an earlier run left is hashed the same way.
class FollowingHash {
 public:
  /// @param descriptor  of the file, open for reading too; it is duplicated.
  FollowingHash(int descriptor, std::string id, std::uint64_t size);
  ~FollowingHash();
  FollowingHash(const FollowingHash&) = delete;
  FollowingHash& operator=(const FollowingHash&) = delete;

  /// The file now has this many bytes.
  void advance(std::uint64_t size);
  /// Waits for the rest; the file is complete. @throws Error kIo.
  [[nodiscard]] std::string finish();

 private:
  void run(const std::stop_token& stop);

  io::FileHandle file_;
  std::string id_;
  std::uint64_t size_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::uint64_t available_ = 0;
  std::string result_;
  std::exception_ptr error_;
  std::jthread thread_;
};

/// @throws Error kIo.
[[nodiscard]] std::string hash_file(const std::string& file, std::string_view id);

}  // namespace hezar::hub
