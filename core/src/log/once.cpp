#include <set>
#include <string>

#include <hezar/log/log.hpp>

namespace hezar::log {

namespace {

struct Said {
  int depth = 0;
  std::set<std::string, std::less<>> keys;
};

Said& said() {
  thread_local Said instance;
  return instance;
}

}  // namespace

OnceScope::OnceScope() {
  ++said().depth;
}

OnceScope::~OnceScope() {
  if (--said().depth == 0) said().keys.clear();
}

void warning_once(std::string_view key, std::string_view message) {
  if (said().depth > 0 && !said().keys.emplace(key).second) return;
  warning(message);
}

}  // namespace hezar::log
