#include <hub/file_name.hpp>

#include <algorithm>

#include <hezar/error/error.hpp>
#include <io/printable.hpp>

namespace hezar::hub {

namespace {

/// Windows drops dots and blanks at the end of a name, so `.. ` is `..` there.
bool is_bad_segment(std::string_view segment) {
  return segment.find_last_not_of(". ") == std::string_view::npos;
}

bool has_drive(std::string_view name) {
  return name.size() >= 2 && name[1] == ':' &&
         ((name[0] >= 'a' && name[0] <= 'z') || (name[0] >= 'A' && name[0] <= 'Z'));
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < ' ' || c == '\x7F';
}

bool is_safe(std::string_view name) {
  if (name.empty() || std::any_of(name.begin(), name.end(), is_control)) return false;
  while (true) {
    const std::size_t end = std::min(name.find_first_of("/\\"), name.size());
    // An empty segment is a slash in front, at the end, or two in a row.
    if (is_bad_segment(name.substr(0, end)) || has_drive(name)) return false;
    if (end == name.size()) return true;
    name.remove_prefix(end + 1);
  }
}

}  // namespace

void check_file_name(std::string_view name, std::string_view origin) {
  if (is_safe(name)) return;
  throw expected_error(ErrorCode::kHub, origin, "the path of a file below the repo's folder",
                       io::printable(name), "A path must not lead out of the cache.");
}

}  // namespace hezar::hub
