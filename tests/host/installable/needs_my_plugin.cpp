#include <hezar/plugin.hpp>

#include <my_plugin.hpp>

HEZAR_PLUGIN(needs_my_plugin) {
  registrar.preprocessor<MyPlugin>("The template's normalizer.");
}
