// For programs that open a plugin to see what happens: its crash must end the process by its
// signal, which is what they are asked for. The sanitizers are libraries and ask for these by name,
// so they have to be exported.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#include <hezar/api.hpp>

// NOLINTBEGIN(bugprone-reserved-identifier)
namespace {
constexpr const char* kLeaveSignals =
    "handle_segv=0:handle_abort=0:handle_sigill=0:handle_sigfpe=0:handle_sigbus=0:detect_leaks=0";
}  // namespace
extern "C" HEZAR_API const char* __asan_default_options() {
  return kLeaveSignals;
}
extern "C" HEZAR_API const char* __tsan_default_options() {
  return kLeaveSignals;
}
extern "C" HEZAR_API const char* __ubsan_default_options() {
  return kLeaveSignals;
}
// NOLINTEND(bugprone-reserved-identifier)
#endif
