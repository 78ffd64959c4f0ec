#pragma once

#include <string_view>

namespace hezar::hub {

/// Refuses a file name that could lead out of the folder it is joined to, on any system: `..`,
/// absolute, drives, control characters. Names come from users, from listings of a server and from
/// files such as an index of weights.
/// @param origin  who named it, for the message.
/// @throws Error kHub.
void check_file_name(std::string_view name, std::string_view origin);

}  // namespace hezar::hub
