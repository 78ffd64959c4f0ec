# What every target of this project is built with; included once, before any target.
if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux" OR NOT CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|aarch64)$")
  message(
    FATAL_ERROR
    "hezar: expected Linux on x86_64 or aarch64, got ${CMAKE_SYSTEM_NAME} on "
    "${CMAKE_SYSTEM_PROCESSOR}. Other platforms are not supported yet."
  )
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# One tree in the build folder as in an installed prefix, so that the host finds its plugins in both.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
set(HEZAR_PLUGIN_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib/hezar/plugins)
set(HEZAR_PLUGIN_INSTALL_DIRECTORY lib/hezar/plugins)

# Paths below the source folder are hashed relative, so that another clone finds what this one compiled.
find_program(HEZAR_CCACHE ccache)
if(HEZAR_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(
    CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND}
    -E
    env
    CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}
    CCACHE_NOHASHDIR=1
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
    ${HEZAR_CCACHE}
  )
endif()
find_program(HEZAR_MOLD mold)
if(HEZAR_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
