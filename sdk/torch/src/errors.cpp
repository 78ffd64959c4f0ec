#include <hezar/torch/errors.hpp>

#include <string>

#include <c10/util/Exception.h>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::torch {

void rethrow_translated(std::string_view what) {
  try {
    throw;
  } catch (const c10::Error& error) {
    const std::string message = error.what_without_backtrace();
    const bool no_memory = message.find("memory") != std::string::npos;
    throw Error(ErrorCode::kInternal, text::concat(what, ": LibTorch refused: ", message),
                no_memory ? "Use a smaller batch or shorter inputs" : "");
  }
}

}  // namespace hezar::torch
