#pragma once

#include <hezar/module/options.hpp>
#include <hezar/registry/runtime.hpp>

#include <no_plugins.hpp>

namespace hezar::test {

/// A runtime without plugins: the tests build modules by their classes.
inline Runtime& empty_runtime() {
  static Runtime runtime([] {
    RuntimeOptions options = no_plugins();
    options.threads = 2;
    return options;
  }());
  return runtime;
}

inline BuildContext context(bool weights_follow = false, Precision precision = Precision::kFp32) {
  BuildContext context{empty_runtime()};
  context.weights_follow = weights_follow;
  context.precision = precision;
  return context;
}

}  // namespace hezar::test
