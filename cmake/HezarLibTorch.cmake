# Finds LibTorch and makes the target hezar::libtorch of it: in hezar's own build, and for those who find_package(hezar).
#
# In:  HEZAR_TORCH_ROOT, the folder that holds it; unset: CMAKE_PREFIX_PATH and Torch_DIR say where to look
# Out: hezar::libtorch, HEZAR_TORCH_VERSION, HEZAR_TORCH_INCLUDE_DIR, HEZAR_TORCH_CPU_LIBRARY; or HEZAR_TORCH_PROBLEM, why
#      there is none
#
# LibTorch is looked up by its files and not with find_package(Torch): the package file of a CUDA build asks for the CUDA
# toolkit, protobuf and more, and hands global compile flags to every user. The libraries alone are enough, and a CUDA
# build of them works without any CUDA header here.
set(HEZAR_TORCH_PROBLEM "")
if(HEZAR_TORCH_ROOT)
  set(HEZAR_TORCH_INCLUDE_DIR ${HEZAR_TORCH_ROOT}/include)
  set(HEZAR_TORCH_LIBRARY ${HEZAR_TORCH_ROOT}/lib/libtorch.so)
  set(HEZAR_TORCH_CPU_LIBRARY ${HEZAR_TORCH_ROOT}/lib/libtorch_cpu.so)
  set(HEZAR_C10_LIBRARY ${HEZAR_TORCH_ROOT}/lib/libc10.so)
else()
  set(hezar_torch_hints)
  if(Torch_DIR)
    list(APPEND hezar_torch_hints ${Torch_DIR}/../../..)
  endif()
  find_path(
    HEZAR_TORCH_INCLUDE_DIR
    torch/csrc/api/include/torch/torch.h
    HINTS ${hezar_torch_hints}
    PATH_SUFFIXES include
  )
  find_library(HEZAR_TORCH_LIBRARY torch HINTS ${hezar_torch_hints} PATH_SUFFIXES lib)
  find_library(HEZAR_TORCH_CPU_LIBRARY torch_cpu HINTS ${hezar_torch_hints} PATH_SUFFIXES lib)
  find_library(HEZAR_C10_LIBRARY c10 HINTS ${hezar_torch_hints} PATH_SUFFIXES lib)
endif()
if(NOT HEZAR_TORCH_INCLUDE_DIR OR NOT HEZAR_TORCH_LIBRARY OR NOT HEZAR_TORCH_CPU_LIBRARY OR NOT HEZAR_C10_LIBRARY)
  set(
    HEZAR_TORCH_PROBLEM
    "LibTorch: expected its headers and libraries below a folder of CMAKE_PREFIX_PATH (\"${CMAKE_PREFIX_PATH}\"), got none. Pass -DCMAKE_PREFIX_PATH=<folder that holds lib/libtorch.so>"
  )
  return()
endif()

file(
  STRINGS ${HEZAR_TORCH_INCLUDE_DIR}/torch/headeronly/version.h
  hezar_torch_version_line
  REGEX "define TORCH_VERSION \"|^  \"[0-9]"
)
string(REGEX MATCH "[0-9]+\\.[0-9]+\\.[0-9]+" HEZAR_TORCH_VERSION "${hezar_torch_version_line}")
if(TARGET hezar::libtorch)
  return()
endif()

add_library(hezar::libtorch INTERFACE IMPORTED GLOBAL)
target_include_directories(
  hezar::libtorch
  INTERFACE ${HEZAR_TORCH_INCLUDE_DIR} ${HEZAR_TORCH_INCLUDE_DIR}/torch/csrc/api/include
)
target_compile_definitions(hezar::libtorch INTERFACE USE_DISTRIBUTED USE_C10D_GLOO USE_RPC USE_TENSORPIPE)
# libtorch.so has no symbols of its own: it names the libraries of this build (CPU, CUDA), so it must stay linked.
target_link_libraries(
  hezar::libtorch
  INTERFACE
    -Wl,--push-state,--no-as-needed
    ${HEZAR_TORCH_LIBRARY}
    -Wl,--pop-state
    ${HEZAR_TORCH_CPU_LIBRARY}
    ${HEZAR_C10_LIBRARY}
)
