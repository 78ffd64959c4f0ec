#include <cli/usage_error.hpp>

#include <hezar/text/concat.hpp>

namespace hezar::host {

UsageError usage_error(std::string_view object, std::string_view expected, std::string_view got,
                       std::string_view hint) {
  std::string message = text::concat(object, ": expected ", expected, ", got ", got, ".");
  if (!hint.empty()) message.append(text::concat(" ", hint));
  return UsageError(message);
}

}  // namespace hezar::host
