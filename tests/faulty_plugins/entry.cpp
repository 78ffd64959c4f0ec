// The entry that all faulty plugins share, and what some of them do to the process in it.

#include <fcntl.h>
#include <unistd.h>

#include <cfenv>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <locale>
#include <stdexcept>
#include <thread>

#include <hezar/plugin_note.hpp>

#include <faulty_plugins/modules.hpp>

HEZAR_PLUGIN_NOTE();

namespace hezar::test {

namespace {

/// Longer than any opening may take, also under sanitizers, where five times as much is allowed.
void compute() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  constexpr std::clock_t kTicks = CLOCKS_PER_SEC * 6 / 10;
#else
  constexpr std::clock_t kTicks = CLOCKS_PER_SEC * 15 / 100;
#endif
  const std::clock_t end = std::clock() + kTicks;
  while (std::clock() < end) {
  }
}

void start_thread() {
  std::thread([] {
    for (;;) ::pause();
  }).detach();
}

struct OtherNumbers : std::numpunct<char> {};

void do_harm() {
  switch (kFault) {
    case Fault::kLoadRegister:
      throw std::runtime_error("cannot register today");
    case Fault::kLoadTime:
      return compute();
    case Fault::kLoadOutput:
      std::puts("hello from a plugin");
      return;
    case Fault::kLoadThreads:
      return start_thread();
    case Fault::kLoadEnvironment:
      ::setenv("HEZAR_FAULTY_PLUGIN", "1", 1);
      return;
    case Fault::kLoadFolder:
      if (::chdir("/") != 0) std::abort();
      return;
    case Fault::kLoadLocale:
      std::locale::global(std::locale(std::locale(), new OtherNumbers));
      return;
    case Fault::kLoadSignals:
      std::signal(SIGUSR1, SIG_IGN);
      return;
    case Fault::kLoadDescriptors:
      if (::open("/dev/null", O_RDONLY | O_CLOEXEC) < 0) std::abort();
      return;
    case Fault::kLoadFloatMode:
      std::fesetround(FE_DOWNWARD);
      return;
    default:
      return;
  }
}

}  // namespace

}  // namespace hezar::test

extern "C" HEZAR_API int HEZAR_PLUGIN_ENTRY(hezar::Registrar* registrar, char* error,
                                            std::size_t size) noexcept {
  try {
    hezar::test::do_harm();
    hezar::test::register_modules(*registrar);
    return 0;
  } catch (const std::exception& e) {
    std::snprintf(error, size, "%s", e.what());
  }
  return 1;
}
