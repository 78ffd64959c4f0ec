#pragma once

#include <string_view>

#include <boost/json.hpp>

namespace hezar {

/// The name that a module has today: the reference's architecture guide spells some otherwise.
[[nodiscard]] std::string_view current_name(std::string_view name) noexcept;

/// Gives a config the name of today, and the field that its older name implied.
/// @source Hezar's architecture guide; 1.0.0 knows the names of today alone.
void use_current_name(boost::json::object& config);

}  // namespace hezar
