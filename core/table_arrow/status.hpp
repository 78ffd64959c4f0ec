#pragma once

#include <string_view>
#include <utility>

#include <arrow/result.h>
#include <arrow/status.h>

#include <hezar/error/error.hpp>

namespace hezar::table {

/// @param object  what the error is of: a file.
/// @throws Error kIo or kFormat for a status that is not OK.
void check(const arrow::Status& status, std::string_view object);

template <class T>
[[nodiscard]] T check(arrow::Result<T> result, std::string_view object) {
  check(result.status(), object);
  return std::move(result).ValueUnsafe();
}

}  // namespace hezar::table
