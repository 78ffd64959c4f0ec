#include <csignal>
#include <cstdio>
#include <exception>

#include <hezar/hub/download.hpp>

/// Downloads a repo into the cache, so that tests can end it at any moment.
///
///     core_hub_fetch owner/name[@revision]
int main(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);
  if (argc != 2) return 2;
  try {
    std::puts(hezar::hub::resolve(argv[1]).c_str());
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
