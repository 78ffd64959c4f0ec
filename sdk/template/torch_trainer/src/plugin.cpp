#include <hezar/plugin.hpp>

#include <my_plugin.hpp>

HEZAR_PLUGIN(my_plugin) {
  registrar.trainer<MyPlugin>("Trains LibTorch models with plain gradient descent.");
}
