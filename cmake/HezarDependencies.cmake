# Every package the project builds with, found once.
find_package(Threads REQUIRED)
find_package(Boost 1.81 CONFIG REQUIRED COMPONENTS json)
find_package(yaml-cpp REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(CURL 7.85 REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
if(HEZAR_BUILD_TESTS)
  find_package(GTest REQUIRED)
  include(GoogleTest)
endif()

# Where setup.sh puts LibTorch: the last place to look, so that one which the user names wins.
file(STRINGS ${PROJECT_SOURCE_DIR}/cmake/versions.sh hezar_torch_pin REGEX "^readonly kTorchVersion=")
string(REGEX REPLACE ".*=" "" hezar_torch_pin "${hezar_torch_pin}")
list(APPEND CMAKE_SYSTEM_PREFIX_PATH ${PROJECT_SOURCE_DIR}/.deps/torch-${hezar_torch_pin}/torch)
