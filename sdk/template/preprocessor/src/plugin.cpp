#include <hezar/plugin.hpp>

#include <my_plugin.hpp>

HEZAR_PLUGIN(my_plugin) {
  registrar.preprocessor<MyPlugin>("Writes Arabic letters as Persian ones and joins spaces.");
}
