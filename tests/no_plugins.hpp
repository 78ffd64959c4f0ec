#pragma once

#include <hezar/registry/runtime.hpp>

namespace hezar::test {

/// Of a runtime that knows nothing but what a test adds.
inline RuntimeOptions no_plugins() {
  RuntimeOptions out;
  out.default_plugin_dirs = false;
  return out;
}

}  // namespace hezar::test
