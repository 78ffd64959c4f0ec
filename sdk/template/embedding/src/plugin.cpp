#include <hezar/plugin.hpp>

#include <my_plugin.hpp>

HEZAR_PLUGIN(my_plugin) {
  registrar.embedding<MyPlugin>("Places words by the pairs of bytes that they share.");
}
