#pragma once

#include <string>
#include <string_view>

namespace hezar::hub {

/// Percent-encodes everything but unreserved characters (RFC 3986, 2.3).
/// @param keep  characters that stay as they are: "/" for a path.
[[nodiscard]] std::string quote(std::string_view text, std::string_view keep = {});

/// `location` as seen from `base` (RFC 3986, 5).
/// @throws Error kHub for what is no http or https URL.
[[nodiscard]] std::string join_url(const std::string& base, const std::string& location);

/// Scheme, host and port are equal. False where one is no URL.
[[nodiscard]] bool same_origin(const std::string& a, const std::string& b);

/// From https to http, where whoever listens could read along.
[[nodiscard]] bool is_downgrade(const std::string& from, const std::string& to);

/// Whether this is an http or https URL with a host.
[[nodiscard]] bool is_web_url(const std::string& url);

/// The URL for messages: user, query and fragment, which may hold secrets, are left out.
[[nodiscard]] std::string shown_url(const std::string& url);

}  // namespace hezar::hub
