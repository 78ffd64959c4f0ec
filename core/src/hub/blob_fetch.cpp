#include <hub/blob_fetch.hpp>

#include <fstream>
#include <optional>
#include <utility>
#include <vector>

#include <hezar/log/log.hpp>
#include <hezar/text/concat.hpp>
#include <hub/environment.hpp>
#include <hub/hub_error.hpp>
#include <hub/repo_urls.hpp>
#include <hub/url.hpp>
#include <io/printable.hpp>

namespace hezar::hub {

namespace {

// So much progress and attempts are counted anew: a long file may lose its connection often.
constexpr std::uint64_t kProgressBytes = 256 << 10;
constexpr int kMaxRefreshes = 2;
constexpr std::size_t kCopyBytes = 1 << 20;

/// What a signed URL answers once it has expired.
bool is_refusal(int status) {
  return status == 400 || status == 401 || status == 403 || status == 404 || status == 410;
}

std::string bytes(std::uint64_t count) {
  return text::concat(count, " bytes");
}

}  // namespace

BlobFetch::BlobFetch(BlobJob job)
    : job_(std::move(job)),
      file_(job_.cache, job_.metadata.id, job_.metadata.size.value_or(UINT64_MAX)) {
  if (file_.size() > 0) {
    log::info(text::concat("hub: ", job_.file, ": going on after ", bytes(file_.size())));
    job_.on_bytes(static_cast<std::int64_t>(file_.size()));
  }
  start_hash();
  if (file_.size() == 0) copy_from_official_cache();
}

/// Other tools may have downloaded the same file: a copy costs less than the network. It is hashed
/// like any other content.
void BlobFetch::copy_from_official_cache() {
  const RepoCache official(hf_hub_cache(), job_.repo);
  if (!job_.metadata.size || !official.has_blob(job_.metadata.id, job_.metadata.size)) return;
  std::ifstream stream(official.blob(job_.metadata.id), std::ios::binary);
  std::vector<char> block(kCopyBytes);
  while (stream && !is_complete() && !job_.stop.stop_requested()) {
    stream.read(block.data(), static_cast<std::streamsize>(block.size()));
    take_body({block.data(), static_cast<std::size_t>(stream.gcount())});
  }
}

std::string BlobFetch::object() const {
  return text::concat(shown(job_.repo), ": ", job_.file);
}

bool BlobFetch::is_complete() const {
  return job_.metadata.size ? file_.size() == *job_.metadata.size : ended_;
}

void BlobFetch::run() {
  for (bool is_second = false;; is_second = true) {
    complete();
    const std::string hash = finish_hash();
    if (hash == job_.metadata.id) break;
    HubError error = hub_error(Failure::kOther, object(),
                               text::concat("content with the hash ", job_.metadata.id), hash,
                               "It was damaged on the way; try again.");
    restart();
    if (is_second) throw std::move(error);
    log::warning(error.what());
  }
  file_.publish();
}

/// Asks until every byte is there.
void BlobFetch::complete() {
  int attempt = 0;
  while (!is_complete()) {
    const std::uint64_t before = file_.size();
    std::optional<HttpResponse> response;
    std::string trouble;
    try {
      response = transfer();
      if (is_complete()) return;
      trouble = response->ok() ? "the connection ended" : text::concat("status ", response->status);
    } catch (const HubError& error) {
      if (!error.passes()) throw;
      trouble = error.message();
    }
    if (file_.size() >= before + kProgressBytes) attempt = 0;
    if (attempt == kMaxRetries) {
      throw hub_error(
          Failure::kServer, object(),
          job_.metadata.size ? bytes(*job_.metadata.size) : "all of the file",
          text::concat(bytes(file_.size()), " in ", attempt + 1, " attempts; ", trouble),
          "What came is kept: run it again to go on.");
    }
    job_.client.pause(attempt++, response ? &*response : nullptr,
                      text::concat(job_.file, ": ", trouble, " after ", bytes(file_.size())),
                      job_.stop);
  }
}

/// One request for what is missing.
HttpResponse BlobFetch::transfer() {
  HttpRequest request;
  request.url = job_.metadata.location;
  request.redirects = Redirects::kAny;
  request.retry = false;  // by complete(), from where this one stops
  request.timeout = job_.client.settings().download_timeout;
  request.stop = job_.stop;
  if (file_.size() > 0) request.headers.push_back(text::concat("Range: bytes=", file_.size(), "-"));
  request.on_head = [this](const HttpResponse& head) { return take_head(head); };
  request.on_body = [this](std::string_view data) { take_body(data); };
  ended_ = false;
  HttpResponse response = job_.client.send(request);
  judge(response);
  return response;
}

/// Decides before the first byte of the body what it will be.
bool BlobFetch::take_head(const HttpResponse& head) {
  if (!head.ok()) return false;
  if (head.status == 206) {
    check_range(head);
  } else if (file_.size() > 0) {
    restart();  // the server sends it from the start
  }
  const std::string_view encoding = head.headers.get("Content-Encoding");
  if (!encoding.empty() && encoding != "identity") {
    throw hub_error(Failure::kOther, shown_url(head.url), "the file as it is",
                    text::concat("Content-Encoding ", io::printable(encoding)),
                    "A proxy may compress it; go around it.");
  }
  check_length(head);
  return true;
}

void BlobFetch::check_range(const HttpResponse& head) {
  const std::string_view range = head.headers.get("Content-Range");
  const std::string from = text::concat("bytes ", file_.size(), "-");
  const std::string size = job_.metadata.size ? text::concat("/", *job_.metadata.size) : "/";
  const bool is_right =
      range.starts_with(from) &&
      (job_.metadata.size ? range.ends_with(size) : range.find(size) != std::string_view::npos);
  if (is_right) return;
  restart();
  throw HubError(Failure::kServer,
                 text::concat(object(), ": expected ", from, "*", size, ", got the range ",
                              io::printable(range)),
                 "Try again later.", true);
}

void BlobFetch::check_length(const HttpResponse& head) const {
  if (!job_.metadata.size || !head.headers.has("Content-Length")) return;
  const std::string_view length = head.headers.get("Content-Length");
  const std::uint64_t missing = *job_.metadata.size - file_.size();
  if (length == std::to_string(missing)) return;
  throw hub_error(Failure::kOther, object(), text::concat(bytes(missing), " to come"),
                  text::concat("Content-Length ", io::printable(length)),
                  "Something else than the file was sent; try again later.");
}

void BlobFetch::take_body(std::string_view data) {
  if (job_.metadata.size && data.size() > *job_.metadata.size - file_.size()) {
    restart();
    throw hub_error(Failure::kOther, object(), bytes(*job_.metadata.size), "more",
                    "Something else than the file was sent; try again later.");
  }
  file_.append(data);
  if (hash_) hash_->advance(file_.size());
  job_.on_bytes(static_cast<std::int64_t>(data.size()));
}

/// What is to be done about an answer that brought no content.
void BlobFetch::judge(const HttpResponse& response) {
  if (response.ok()) {
    ended_ = true;
    return;
  }
  if (is_transient(response.status)) return;
  if (response.status == 416) {
    const std::string whole = text::concat("bytes */", file_.size());
    ended_ = !job_.metadata.size && response.headers.get("Content-Range") == whole;
    if (!ended_) restart();
    return;
  }
  const bool is_elsewhere = !same_origin(response.url, job_.client.settings().endpoint);
  if (is_elsewhere && is_refusal(response.status) && refreshes_ < kMaxRefreshes)
    return refresh_location();
  throw status_error(response, job_.client.settings(), job_.repo, job_.file);
}

void BlobFetch::refresh_location() {
  ++refreshes_;
  FileMetadata fresh = fetch_metadata(job_.client, job_.repo, job_.file, job_.stop);
  if (fresh.id == job_.metadata.id) {
    job_.metadata.location = std::move(fresh.location);
    return;
  }
  throw hub_error(Failure::kOther, object(), "the file that was asked for",
                  "another, since it was changed meanwhile", "Run it again.");
}

void BlobFetch::restart() {
  hash_.reset();
  job_.on_bytes(-static_cast<std::int64_t>(file_.size()));
  file_.restart();
  start_hash();
}

void BlobFetch::start_hash() {
  if (!job_.metadata.size) return;  // a part of what git hashes
  hash_ =
      std::make_unique<FollowingHash>(file_.descriptor(), job_.metadata.id, *job_.metadata.size);
  hash_->advance(file_.size());
}

std::string BlobFetch::finish_hash() {
  if (!hash_)
    hash_ = std::make_unique<FollowingHash>(file_.descriptor(), job_.metadata.id, file_.size());
  return hash_->finish();
}

}  // namespace hezar::hub
