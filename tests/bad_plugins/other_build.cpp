#include <cstddef>

#include <hezar/api.hpp>
#include <hezar/plugin_note.hpp>

HEZAR_PLUGIN_NOTE();

namespace hezar {
class Registrar;
}

extern "C" HEZAR_API int HEZAR_PLUGIN_ENTRY(hezar::Registrar* /*registrar*/, char* /*error*/,
                                            std::size_t /*size*/) noexcept {
  return 1;
}
