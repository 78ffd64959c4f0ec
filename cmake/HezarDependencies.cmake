# Every package the project builds with, found once.
find_package(Threads REQUIRED)
find_package(Boost 1.81 CONFIG REQUIRED COMPONENTS json)
find_package(yaml-cpp REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(CURL 7.85 REQUIRED)
find_package(OpenSSL 3 REQUIRED COMPONENTS Crypto)
if(HEZAR_BUILD_TESTS)
  find_package(GTest REQUIRED)
  include(GoogleTest)
endif()

# hezar_pinned(<variable> <name>): a version of versions.sh.
function(hezar_pinned variable name)
  file(STRINGS ${PROJECT_SOURCE_DIR}/cmake/versions.sh line REGEX "^readonly ${name}=")
  string(REGEX REPLACE ".*=" "" version "${line}")
  set(${variable} ${version} PARENT_SCOPE)
endfunction()

# Where setup.sh puts LibTorch and Arrow: the last places to look, so that those which the user names win.
hezar_pinned(hezar_torch_pin kTorchVersion)
hezar_pinned(hezar_arrow_pin kArrowVersion)
list(
  APPEND CMAKE_SYSTEM_PREFIX_PATH
  ${PROJECT_SOURCE_DIR}/.deps/torch-${hezar_torch_pin}/torch
  ${PROJECT_SOURCE_DIR}/.deps/pyarrow-${hezar_arrow_pin}/pyarrow
)
if(HEZAR_WITH_ARROW)
  include(HezarArrow)
endif()
