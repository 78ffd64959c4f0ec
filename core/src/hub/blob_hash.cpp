#include <hub/blob_hash.hpp>

#include <algorithm>
#include <array>
#include <vector>

#include <fcntl.h>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hub/libcrypto.hpp>

namespace hezar::hub {

namespace {

constexpr std::size_t kSha1Digits = 40;
constexpr std::size_t kSha256Digits = 64;
constexpr std::size_t kBlockBytes = 256 << 10;  // stays in the second-level cache

void check(int result) {
  if (result != 1) throw Error(ErrorCode::kInternal, "libcrypto: expected a hash, got an error");
}

/// Hashes the bytes of a file from `begin` to `end`.
void update_from(BlobHash& hash, const io::FileHandle& handle, const std::string& file,
                 std::uint64_t begin, std::uint64_t end) {
  std::vector<char> block(std::min<std::uint64_t>(kBlockBytes, end - begin));
  while (begin < end) {
    const std::size_t size = std::min<std::uint64_t>(block.size(), end - begin);
    io::read_exactly(handle, file, reinterpret_cast<std::byte*>(block.data()), size, begin);
    hash.update({block.data(), size});
    begin += size;
  }
}

}  // namespace

bool is_blob_id(std::string_view text) {
  return (text.size() == kSha1Digits || text.size() == kSha256Digits) &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

struct BlobHash::Context {
  const LibCrypto& crypto = libcrypto();
  std::unique_ptr<EVP_MD_CTX, decltype(LibCrypto::context_free)> digest{crypto.context_new(),
                                                                        crypto.context_free};
};

BlobHash::BlobHash(std::string_view id, std::uint64_t size)
    : context_(std::make_unique<Context>()) {
  const bool is_git = id.size() == kSha1Digits;
  const LibCrypto& crypto = context_->crypto;
  check(crypto.digest_init(context_->digest.get(), is_git ? crypto.sha1() : crypto.sha256(),
                           nullptr));
  if (!is_git) return;
  std::string header = text::concat("blob ", size);
  header.push_back('\0');
  update(header);
}

BlobHash::~BlobHash() = default;

void BlobHash::update(std::span<const char> data) {
  check(context_->crypto.digest_update(context_->digest.get(), data.data(), data.size()));
}

std::string BlobHash::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes = {};
  unsigned size = 0;
  check(context_->crypto.digest_final(context_->digest.get(), bytes.data(), &size));
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (unsigned i = 0; i < size; ++i) {
    out += kDigits[bytes.at(i) >> 4U];
    out += kDigits[bytes.at(i) & 15U];
  }
  return out;
}

FollowingHash::FollowingHash(int descriptor, std::string id, std::uint64_t size)
    : file_(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0)),
      id_(std::move(id)),
      size_(size),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

FollowingHash::~FollowingHash() = default;

void FollowingHash::advance(std::uint64_t size) {
  const std::lock_guard lock(mutex_);
  available_ = size;
  changed_.notify_one();
}

std::string FollowingHash::finish() {
  advance(size_);
  thread_.join();
  if (error_) std::rethrow_exception(error_);
  return result_;
}

void FollowingHash::run(const std::stop_token& stop) {
  try {
    BlobHash hash(id_, size_);
    std::uint64_t done = 0;
    while (done < size_) {
      std::uint64_t end = 0;
      {
        std::unique_lock lock(mutex_);
        if (!changed_.wait(lock, stop, [&] { return available_ > done; })) return;
        end = std::min(available_, size_);
      }
      update_from(hash, file_, "a download", done, end);
      done = end;
    }
    result_ = hash.finish();
  } catch (...) {
    error_ = std::current_exception();
  }
}

std::string hash_file(const std::string& file, std::string_view id) {
  const io::OpenedFile opened = io::open_regular(file);
  BlobHash hash(id, opened.size);
  update_from(hash, opened.handle, file, 0, opened.size);
  return hash.finish();
}

}  // namespace hezar::hub
