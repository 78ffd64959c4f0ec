#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace hezar::host {

/// A command line that cannot be understood: exit code 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// `<object>: expected <expected>, got <got>. <hint>`
[[nodiscard]] UsageError usage_error(std::string_view object, std::string_view expected,
                                     std::string_view got, std::string_view hint = {});

}  // namespace hezar::host
