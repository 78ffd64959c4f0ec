# Finds LibTorch and gives two things: the target hezar::libtorch, and hezar_use_torch(<target>) for everything that
# compiles against it.
#
# LibTorch is looked up by its files and not with find_package(Torch): the package file of a CUDA build asks for the CUDA
# toolkit, protobuf and more, and hands global compile flags to every user. The libraries alone are enough, and a CUDA
# build of them works without any CUDA header here.
include_guard(GLOBAL)

set(hezar_torch_hints)
if(Torch_DIR)
  list(APPEND hezar_torch_hints ${Torch_DIR}/../../..)
endif()
find_path(HEZAR_TORCH_INCLUDE_DIR torch/csrc/api/include/torch/torch.h HINTS ${hezar_torch_hints} PATH_SUFFIXES include)
find_library(HEZAR_TORCH_LIBRARY torch HINTS ${hezar_torch_hints} PATH_SUFFIXES lib)
find_library(HEZAR_TORCH_CPU_LIBRARY torch_cpu HINTS ${hezar_torch_hints} PATH_SUFFIXES lib)
find_library(HEZAR_C10_LIBRARY c10 HINTS ${hezar_torch_hints} PATH_SUFFIXES lib)
if(NOT HEZAR_TORCH_INCLUDE_DIR OR NOT HEZAR_TORCH_LIBRARY OR NOT HEZAR_TORCH_CPU_LIBRARY OR NOT HEZAR_C10_LIBRARY)
  message(
    FATAL_ERROR
    "LibTorch: expected its headers and libraries below a folder of CMAKE_PREFIX_PATH "
    "(\"${CMAKE_PREFIX_PATH}\"), got none. Pass -DCMAKE_PREFIX_PATH=<folder that holds lib/libtorch.so>, or "
    "-DHEZAR_WITH_TORCH=OFF to build without it."
  )
endif()

file(
  STRINGS ${HEZAR_TORCH_INCLUDE_DIR}/torch/headeronly/version.h
  hezar_torch_version_line
  REGEX "define TORCH_VERSION \"|^  \"[0-9]"
)
string(REGEX MATCH "[0-9]+\\.[0-9]+\\.[0-9]+" HEZAR_TORCH_VERSION "${hezar_torch_version_line}")
if(HEZAR_TORCH_VERSION VERSION_LESS 2.7)
  message(
    FATAL_ERROR
    "LibTorch: expected version 2.7 or newer, got \"${HEZAR_TORCH_VERSION}\" in "
    "${HEZAR_TORCH_INCLUDE_DIR}. Use the one that the set-up script installs."
  )
endif()
message(STATUS "LibTorch ${HEZAR_TORCH_VERSION}: ${HEZAR_TORCH_LIBRARY}")

add_library(hezar_libtorch INTERFACE IMPORTED GLOBAL)
add_library(hezar::libtorch ALIAS hezar_libtorch)
target_include_directories(
  hezar_libtorch
  INTERFACE ${HEZAR_TORCH_INCLUDE_DIR} ${HEZAR_TORCH_INCLUDE_DIR}/torch/csrc/api/include
)
target_compile_definitions(hezar_libtorch INTERFACE USE_DISTRIBUTED USE_C10D_GLOO USE_RPC USE_TENSORPIPE)
# libtorch.so has no symbols of its own: it names the libraries of this build (CPU, CUDA), so it must stay linked.
target_link_libraries(
  hezar_libtorch
  INTERFACE
    -Wl,--push-state,--no-as-needed
    ${HEZAR_TORCH_LIBRARY}
    -Wl,--pop-state
    ${HEZAR_TORCH_CPU_LIBRARY}
    ${HEZAR_C10_LIBRARY}
)

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
