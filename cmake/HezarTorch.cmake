# Gives two things: the target hezar::libtorch, and hezar_use_torch(<target>) for everything that compiles against it.
include_guard(GLOBAL)

include(HezarLibTorch)
if(HEZAR_TORCH_PROBLEM)
  message(FATAL_ERROR "${HEZAR_TORCH_PROBLEM}, or -DHEZAR_WITH_TORCH=OFF to build without it.")
endif()
if(HEZAR_TORCH_VERSION VERSION_LESS 2.7)
  message(
    FATAL_ERROR
    "LibTorch: expected version 2.7 or newer, got \"${HEZAR_TORCH_VERSION}\" in "
    "${HEZAR_TORCH_INCLUDE_DIR}. Use the one that the set-up script installs."
  )
endif()
message(STATUS "LibTorch ${HEZAR_TORCH_VERSION}: ${HEZAR_TORCH_LIBRARY}")
set(HEZAR_TORCH_VERSION ${HEZAR_TORCH_VERSION} CACHE INTERNAL "The LibTorch that is built with")

# One precompiled header of LibTorch for all: without it each file that uses it takes ten seconds.
# torch/torch.h itself is not in it: all of torch::nn, optim and jit would double what every file has to load.
file(WRITE ${CMAKE_BINARY_DIR}/hezar_torch_pch.cpp "// Carries the precompiled header of LibTorch.\n")
add_library(hezar_torch_pch OBJECT ${CMAKE_BINARY_DIR}/hezar_torch_pch.cpp)
target_link_libraries(hezar_torch_pch PRIVATE hezar::libtorch Boost::headers Boost::json)
target_precompile_headers(hezar_torch_pch PRIVATE <ATen/ATen.h> <torch/nn/module.h> <boost/json.hpp>)
# The warnings too: -Wpedantic changes what is predefined, and a mismatch makes the header useless.
target_compile_options(hezar_torch_pch PRIVATE ${HEZAR_WARNINGS} -fpch-preprocess)

# hezar_use_torch(<target>)
#
# Links LibTorch and hezar::torch to a target and lets it use the precompiled header. An executable is compiled like a
# library (-fPIC instead of -fPIE), for the compiler refuses a precompiled header made with other code options.
function(hezar_use_torch target)
  if(NOT target STREQUAL "hezar_torch")
    target_link_libraries(${target} PUBLIC hezar::torch)
  endif()
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "EXECUTABLE")
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_compile_options(${target} PRIVATE -fPIC)
  endif()
  # -fpch-preprocess lets ccache hash the precompiled header instead of all it holds.
  target_compile_options(${target} PRIVATE -fpch-preprocess)
  target_precompile_headers(${target} REUSE_FROM hezar_torch_pch)
endfunction()
