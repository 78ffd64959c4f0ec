#include <hezar/plugin.hpp>

#include <my_plugin.hpp>

HEZAR_PLUGIN(my_plugin) {
  registrar.metric<MyPlugin>("Share of predictions that equal their references.");
}
