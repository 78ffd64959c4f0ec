#include <io/writable.hpp>

#include <set>
#include <string_view>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

#include <io/printable.hpp>

namespace hezar::io {

void check_writable(const std::filesystem::path& file, const StateDict& tensors) {
  std::set<std::string_view> names;
  for (const auto& [name, tensor] : tensors) {
    const char* problem = nullptr;
    if (text::find_invalid_utf8(name)) problem = " is not";
    if (!names.insert(name).second) problem = " occurs twice";
    if (problem != nullptr) {
      throw expected_error(ErrorCode::kValue, file.string(), "distinct tensor names in UTF-8",
                           text::concat(printable(name), problem));
    }
    if (!tensor.defined() || tensor.device().type != Device::Type::kCpu) {
      throw expected_error(
          ErrorCode::kValue, text::concat(file.string(), ": tensor ", printable(name)),
          "a tensor on the CPU", tensor.defined() ? tensor.device().name() : "an undefined one");
    }
  }
}

}  // namespace hezar::io
