#pragma once

#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <hezar/hub/info.hpp>

namespace hezar::hub {

/// A page of the tree API: its files; folders are left out.
/// @throws Error kHub for what is no such page, or names a file that leads out of the repo.
[[nodiscard]] std::vector<RepoFile> listing_from_page(const boost::json::value& page,
                                                      std::string_view origin);

/// `trees/<commit>.json` of the cache, which the official client reads and writes too.
/// @throws Error kHub.
[[nodiscard]] std::vector<RepoFile> listing_from_cache(const boost::json::value& document,
                                                       std::string_view origin);
[[nodiscard]] boost::json::object listing_for_cache(const std::vector<RepoFile>& files);

}  // namespace hezar::hub
