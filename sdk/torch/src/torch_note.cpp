#include <hezar/plugin_note.hpp>

// A host reads from here which LibTorch its plugins will get, without opening this library.
HEZAR_TORCH_NOTE(HEZAR_TORCH_VERSION);
