#include <hezar/plugin.hpp>
#include <matthews.hpp>

HEZAR_PLUGIN(matthews) {
  registrar.metric<example::Matthews>("Matthews' correlation coefficient of classes.");
}
