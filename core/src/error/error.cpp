#include <hezar/error/error.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include <hezar/text/concat.hpp>
#include <hezar/text/nearest.hpp>

namespace hezar {

std::string_view to_string(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::kUnset:
      return "unset";
    case ErrorCode::kValue:
      return "value";
    case ErrorCode::kKey:
      return "key";
    case ErrorCode::kConfig:
      return "config";
    case ErrorCode::kFormat:
      return "format";
    case ErrorCode::kIo:
      return "io";
    case ErrorCode::kDependency:
      return "dependency";
    case ErrorCode::kPlugin:
      return "plugin";
    case ErrorCode::kHub:
      return "hub";
    case ErrorCode::kNotImplemented:
      return "not-implemented";
    case ErrorCode::kCancelled:
      return "cancelled";
    case ErrorCode::kInternal:
      return "internal";
  }
  return "unset";
}

Error::Error(ErrorCode code, std::string message, std::string hint)
    : code_(code), message_(std::move(message)), hint_(std::move(hint)) {
  render();
}

Error::~Error() = default;

Error& Error::add_context(std::string where) {
  context_.insert(context_.begin(), std::move(where));
  render();
  return *this;
}

const char* Error::what() const noexcept {
  return text_.c_str();
}

void Error::render() {
  text_.clear();
  for (const std::string& where : context_) text_ += where + ": ";
  text_ += message_;
  if (hint_.empty()) return;
  if (!text_.ends_with('.')) text_ += '.';
  text_ += ' ' + hint_;
}

Error expected_error(ErrorCode code, std::string_view object, std::string_view expected,
                     std::string_view got, std::string hint) {
  return Error(code, text::concat(object, ": expected ", expected, ", got ", got), std::move(hint));
}

Error unknown_name_error(ErrorCode code, std::string_view object, std::string_view what,
                         std::string_view name, const std::vector<std::string>& available,
                         std::string hint) {
  constexpr std::size_t kMaxListed = 60;
  const std::vector<std::string> nearest = text::nearest_names(name, available);
  std::string advice;
  if (!nearest.empty()) advice += "Nearest: " + text::join(nearest, ", ") + ". ";
  std::vector<std::string> listed = available;
  std::sort(listed.begin(), listed.end());
  const bool cut = listed.size() > kMaxListed;
  if (cut) listed.resize(kMaxListed);
  if (listed.empty()) {
    advice += "There is none.";
  } else {
    advice += "Available: " + text::join(listed, ", ") + (cut ? ", ..." : "") + ".";
  }
  if (!hint.empty()) advice += " " + std::move(hint);
  return expected_error(code, object, what, text::concat('"', name, '"'), std::move(advice));
}

void assert_failed(const char* condition, const char* why, const char* file, int line) noexcept {
  std::fprintf(stderr, "Hezar (ERROR): %s:%d: expected %s (%s). This is a bug, please report it.\n",
               file, line, condition, why);
  std::abort();
}

}  // namespace hezar
