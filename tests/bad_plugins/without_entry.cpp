#include <hezar/plugin_note.hpp>

HEZAR_PLUGIN_NOTE();
