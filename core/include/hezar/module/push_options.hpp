#pragma once

#include <string>

#include <hezar/hub/options.hpp>

namespace hezar {

/// How a module is pushed to the Hub.
struct PushOptions {
  std::string message;      ///< of the commit; empty: what was uploaded, as the reference says
  bool is_private = false;  ///< of a repo that is made; an error where it exists publicly
  bool with_preprocessors = true;  ///< of a model: its preprocessors, too
  std::string language = "fa";     ///< in a new model card; empty: none
  hub::HubOptions hub;
};

}  // namespace hezar
