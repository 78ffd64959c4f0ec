#include <hezar/config/json.hpp>

namespace hezar::json {

std::optional<std::string_view> find_text(const boost::json::object& json,
                                          std::string_view key) noexcept {
  const boost::json::value* value = json.if_contains(key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string_view(value->get_string());
}

std::optional<std::string_view> find_text(const boost::json::value& json,
                                          std::string_view key) noexcept {
  if (!json.is_object()) return std::nullopt;
  return find_text(json.get_object(), key);
}

}  // namespace hezar::json
