#pragma once

#include <string>
#include <string_view>

#include <boost/json.hpp>

#include <hub/http.hpp>

namespace hezar::hub {

/// The JSON object of an answer.
/// @throws HubError kServer where it is another thing.
[[nodiscard]] boost::json::object json_object(const HttpResponse& response);

/// A member of an answer by name.
/// @param url  whose answer it is, for the message.
/// @throws HubError kServer where it is absent or of another kind.
[[nodiscard]] const boost::json::array& array_at(const boost::json::object& object,
                                                 std::string_view name, const std::string& url);
[[nodiscard]] const boost::json::object& object_at(const boost::json::object& object,
                                                   std::string_view name, const std::string& url);
[[nodiscard]] std::string string_at(const boost::json::object& object, std::string_view name,
                                    const std::string& url);
/// False where it is absent or no boolean.
[[nodiscard]] bool flag_at(const boost::json::object& object, std::string_view name);

}  // namespace hezar::hub
