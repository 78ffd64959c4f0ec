#include <hub/lfs_upload.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <set>
#include <span>

#include <hezar/text/concat.hpp>
#include <hub/hub_error.hpp>
#include <hub/lfs_batch.hpp>
#include <hub/parallel_jobs.hpp>
#include <hub/url.hpp>
#include <io/file_handle.hpp>

namespace hezar::hub {

namespace {

// Assembling parts and hashing them keeps the server silent for longer than other answers do.
constexpr int kServerWork = 6;

/// One PUT: a part of a file, or the whole.
struct Part {
  std::size_t plan = 0;
  std::size_t number = 0;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t sent = 0;
  std::string etag = {};
};

std::vector<Part> parts_of(const std::vector<LfsPlan>& plans) {
  std::vector<Part> parts;
  for (std::size_t plan = 0; plan < plans.size(); ++plan) {
    const std::uint64_t size = plans[plan].file->size;
    for (std::size_t number = 0; number < plans[plan].urls.size(); ++number) {
      const std::uint64_t offset = number * plans[plan].part_size;
      parts.push_back({plan, number, offset, std::min(plans[plan].part_size, size - offset)});
    }
  }
  return parts;
}

/// Sums what the parts have sent; an attempt that failed is taken back.
class Meter {
 public:
  explicit Meter(const std::vector<Part>& parts) {
    for (const Part& part : parts) total_ += part.size;
  }

  void set(Part& part, std::uint64_t sent) {
    done_ += sent - part.sent;  // wraps around on the way back, as it should
    part.sent = sent;
  }
  void report(const ByteProgress& progress) const {
    if (progress) progress(done_, total_);
  }

 private:
  std::atomic<std::uint64_t> done_ = 0;
  std::uint64_t total_ = 0;
};

HubError refused(const LfsPlan& plan, const HttpResponse& response, const Settings& settings) {
  return hub_error(Failure::kServer, plan.file->path, "the content server to take it",
                   text::concat("status ", response.status, " from ", shown_url(response.url), " (",
                                shown_text(response.body, settings), ")"),
                   "Run it again: what has been sent is not sent twice.");
}

void put(HttpClient& client, const LfsPlan& plan, Part& part, Meter& meter,
         const std::stop_token& stop) {
  const io::OpenedFile opened = io::open_regular(plan.file->file);
  HttpRequest request;
  request.method = "PUT";
  request.url = plan.urls[part.number];
  request.with_token = false;  // a signed URL; a token beside the signature is refused
  request.redirects = Redirects::kAny;
  request.timeout = client.settings().download_timeout;
  request.stop = stop;
  request.source_size = part.size;
  request.source = [&](std::uint64_t offset, std::span<char> to) {
    const std::size_t size = std::min<std::uint64_t>(to.size(), part.size - offset);
    io::read_exactly(opened.handle, plan.file->file, reinterpret_cast<std::byte*>(to.data()), size,
                     part.offset + offset);
    meter.set(part, offset + size);
    return size;
  };
  const HttpResponse response = client.send(request);
  if (!response.ok()) throw refused(plan, response, client.settings());
  part.etag = response.headers.get("ETag");
}

void complete(HttpClient& client, const RepoId& repo, const LfsPlan& plan,
              std::span<const Part> parts, const std::stop_token& stop) {
  boost::json::array list;
  for (const Part& part : parts) {
    if (part.etag.empty()) {
      throw hub_error(Failure::kServer, plan.file->path, "an ETag for each part", "none",
                      "Try again later.");
    }
    list.push_back({{"partNumber", part.number + 1}, {"etag", part.etag}});
  }
  HttpRequest request =
      lfs_request(plan.complete_url, {{"oid", plan.file->oid}, {"parts", std::move(list)}}, stop);
  request.with_token = false;  // signed as well
  request.timeout = kServerWork * client.settings().metadata_timeout;
  check_status(client.send(request), client.settings(), repo, plan.file->path);
}

void verify(HttpClient& client, const RepoId& repo, const LfsPlan& plan,
            const std::stop_token& stop) {
  HttpRequest request =
      lfs_request(plan.verify_url, {{"oid", plan.file->oid}, {"size", plan.file->size}}, stop);
  request.timeout = kServerWork * client.settings().metadata_timeout;
  const HttpResponse response = client.send(request);
  if (response.ok()) return;
  throw hub_error(Failure::kServer, plan.file->path, "the Hub to have received what was sent",
                  text::concat("status ", response.status, " (",
                               shown_text(response.body, client.settings()), ")"),
                  text::concat(repo.id,
                               " is unchanged. Run it again while nothing writes to the "
                               "file."));
}

std::vector<const UploadFile*> distinct(const std::vector<UploadFile>& files) {
  std::set<std::string_view> seen;
  std::vector<const UploadFile*> out;
  for (const UploadFile& file : files) {
    if (seen.insert(file.oid).second) out.push_back(&file);
  }
  return out;
}

/// Puts the parts together and has the Hub compare what it got.
void finish(HttpClient& client, const RepoId& repo, const std::vector<LfsPlan>& plans,
            const std::vector<Part>& parts, const HubOptions& options) {
  std::vector<Job> jobs;
  auto first = parts.begin();
  for (const LfsPlan& plan : plans) {
    const std::span<const Part> own(first, plan.urls.size());
    first += static_cast<std::ptrdiff_t>(plan.urls.size());
    jobs.emplace_back([&plan, own, &repo](HttpClient& other, const std::stop_token& stop) {
      if (!plan.complete_url.empty()) complete(other, repo, plan, own, stop);
      if (!plan.verify_url.empty()) verify(other, repo, plan, stop);
    });
  }
  run_jobs(jobs, client.settings(), options.stop, [] {});
}

}  // namespace

void upload_lfs(HttpClient& client, const RepoId& repo, const std::vector<UploadFile>& files,
                const HubOptions& options) {
  if (files.empty()) return;
  const std::vector<LfsPlan> plans = lfs_batch(client, repo, distinct(files), options.stop);
  std::vector<Part> parts = parts_of(plans);
  Meter meter(parts);
  std::vector<Job> jobs;
  for (Part& part : parts) {
    jobs.emplace_back([&](HttpClient& own, const std::stop_token& stop) {
      put(own, plans[part.plan], part, meter, stop);
    });
  }
  run_jobs(jobs, client.settings(), options.stop, [&] { meter.report(options.progress); });
  finish(client, repo, plans, parts, options);
}

}  // namespace hezar::hub
