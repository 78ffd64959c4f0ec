#include <hezar/plugin.hpp>

#include <my_plugin.hpp>

HEZAR_PLUGIN(my_plugin) {
  registrar.dataset<MyPlugin>("Labelled texts that stand in the config, as bytes.");
}
