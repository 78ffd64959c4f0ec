#include <hezar/plugin.hpp>

#include <my_plugin.hpp>

HEZAR_PLUGIN(my_plugin) {
  registrar.model<MyPlugin>("Classifies texts by their pairs of bytes.");
}
