#pragma once

#include <string>

#include <hezar/error/error.hpp>

namespace hezar::test {

/// what() of the Error that `act` throws; empty where it throws none.
template <class Act>
std::string error_of(Act&& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace hezar::test
