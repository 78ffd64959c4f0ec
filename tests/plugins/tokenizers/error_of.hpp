#pragma once

#include <string>

#include <hezar/error/error.hpp>

namespace hezar {

/// What `action` complains of, or "no error".
std::string error_of(const auto& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace hezar
