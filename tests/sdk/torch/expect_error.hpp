#pragma once

#include <string>

#include <gmock/gmock.h>

#include <hezar/error/error.hpp>

namespace hezar::test {

/// The text of the hezar::Error that `body` throws; "" and a failure where it throws none.
template <class Body>
std::string error_of(Body&& body) {
  try {
    body();
  } catch (const Error& error) {
    return error.what();
  } catch (const std::exception& error) {
    ADD_FAILURE() << "expected hezar::Error, got " << error.what();
    return {};
  }
  ADD_FAILURE() << "expected hezar::Error, got none";
  return {};
}

}  // namespace hezar::test
