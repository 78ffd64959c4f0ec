#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

#include <hezar/hub/repo.hpp>
#include <hub/http.hpp>

namespace hezar::hub {

/// What the Hub says of a file before it is downloaded.
struct FileMetadata {
  std::string commit;
  std::string id;                     ///< of the blob
  std::optional<std::uint64_t> size;  ///< in bytes
  std::string location;               ///< where the content is; valid for about an hour
};

/// Asks for a file of `repo.revision`.
/// @throws HubError kEntryNotFound and the rest; Error kCancelled.
[[nodiscard]] FileMetadata fetch_metadata(HttpClient& client, const RepoId& repo,
                                          const std::string& file, const std::stop_token& stop);

}  // namespace hezar::hub
