#include <hub/file_download.hpp>

#include <hub/blob_fetch.hpp>
#include <hub/file_lock.hpp>
#include <hub/partial_file.hpp>

namespace hezar::hub {

namespace {

// A holder may pause between attempts, so patience is longer than one silence.
constexpr int kPatienceInTimeouts = 3;

/// @return whether the blob was downloaded here.
bool fetch_blob(const FileDownload& download, const FileMetadata& metadata) {
  const RepoCache& cache = download.cache;
  if (cache.has_blob(metadata.id, metadata.size)) return false;
  cache.prepare();
  const LockWait wait{[&] { return PartialFile::bytes_of_all(cache, metadata.id); },
                      kPatienceInTimeouts * download.client.settings().download_timeout,
                      download.stop};
  const io::FileHandle lock = lock_file(cache.lock(metadata.id), wait);
  if (cache.has_blob(metadata.id, metadata.size)) return false;
  BlobFetch({download.client, cache, download.repo, download.file, metadata, download.on_bytes,
             download.stop})
      .run();
  return true;
}

}  // namespace

void download(const FileDownload& download, const FileMetadata& metadata) {
  const RepoCache& cache = download.cache;
  if (cache.has_file(metadata.commit, download.file, metadata.size)) return;
  const bool is_new = fetch_blob(download, metadata);
  cache.link(metadata.commit, download.file, metadata.id,
             {download.client.settings().symlinks, is_new});
}

}  // namespace hezar::hub
