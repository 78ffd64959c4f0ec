#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include <boost/json.hpp>

#include <hezar/api.hpp>

namespace hezar::json {

/// Takes a member of a table; false where it cannot.
using TableMember = std::function<bool(std::string_view key, std::int64_t value)>;

/// parse() for a file that is mostly one object of integers, as a vocabulary is: the members of the
/// object that `path` leads to go to `add` one after another, and the object itself is left empty.
/// So 42,000 of them cost 2 ms instead of 7.
///
/// Keys of the table may come twice: `add` has to look for them.
/// @param path  at least one key, from the outermost object on.
/// @return nothing where the table has a member that is no integer, or `add` refuses one.
/// @throws Error kFormat as parse does.
[[nodiscard]] HEZAR_API std::optional<boost::json::value> parse_with_table(
    std::string_view text, std::string_view origin, std::span<const std::string_view> path,
    const TableMember& add);

}  // namespace hezar::json
