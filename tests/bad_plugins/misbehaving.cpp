// One plugin, misbehaving as HEZAR_TEST_BEHAVIOUR says; its descriptor and list are in order.

#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <stdexcept>

#include <bad_plugins/companion.hpp>
#include <bad_plugins/registrations.hpp>
#include <hezar/plugin_note.hpp>

HEZAR_PLUGIN_NOTE();

namespace {

using hezar::test::Behaviour;
constexpr Behaviour kBehaviour = Behaviour::HEZAR_TEST_BEHAVIOUR;

void crash() {
  std::raise(SIGSEGV);
}

[[noreturn]] void hang() {
  for (;;) ::pause();
}

void flood() {
  for (int i = 0; i < 4'000'000; ++i) std::puts("a line of many");
}

/// What a user does to an install with kill -9, at a moment that a test can rely on. Only where a
/// test asks for it: whoever opens a plugin is its parent.
void kill_parent() {
  if (std::getenv("HEZAR_TEST_KILL_PARENT") != nullptr) ::kill(::getppid(), SIGKILL);
}

struct AtOpening {
  AtOpening() {
    if constexpr (kBehaviour == Behaviour::kCrashesOpening) crash();
    if constexpr (kBehaviour == Behaviour::kAborts) std::abort();
    if constexpr (kBehaviour == Behaviour::kHangsOpening) hang();
    if constexpr (kBehaviour == Behaviour::kExits) std::exit(0);
    if constexpr (kBehaviour == Behaviour::kQuits) ::_exit(7);
    if constexpr (kBehaviour == Behaviour::kThrowsOpening) throw std::runtime_error("thrown early");
    if constexpr (kBehaviour == Behaviour::kPrints) std::cout << "hello from a constructor\n";
    if constexpr (kBehaviour == Behaviour::kFloods) flood();
    if constexpr (kBehaviour == Behaviour::kKillsParent) kill_parent();
    if constexpr (kBehaviour == Behaviour::kNeedsCompanion) {
      hezar::test::in_every_version();
      hezar::test::since_the_current_version(1);
    }
  }
};
const AtOpening at_opening;

void do_register(hezar::Registrar& registrar) {
  if constexpr (kBehaviour == Behaviour::kCrashesRegistering) crash();
  if constexpr (kBehaviour == Behaviour::kHangsRegistering) hang();
  if constexpr (kBehaviour == Behaviour::kThrowsRegistering)
    throw std::runtime_error("thrown late");
  if constexpr (kBehaviour == Behaviour::kThrowsANumber) throw 42;
  if constexpr (kBehaviour == Behaviour::kPrints) std::printf("hello from the entry\n");
  hezar::test::register_as(kBehaviour, registrar);
}

}  // namespace

extern "C" HEZAR_API int HEZAR_PLUGIN_ENTRY(hezar::Registrar* registrar, char* error,
                                            std::size_t size) noexcept {
  try {
    do_register(*registrar);
    return 0;
  } catch (const std::exception& e) {
    std::snprintf(error, size, "%s", e.what());
  } catch (...) {
    std::snprintf(error, size, "threw something that is no std::exception");
  }
  return 1;
}
