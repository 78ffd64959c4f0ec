#include <hezar/plugin.hpp>

#include <my_plugin.hpp>

HEZAR_PLUGIN(my_plugin) {
  registrar.preprocessor<MyPlugin>("Makes a token of every byte of a text.");
}
