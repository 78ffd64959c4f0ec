# Three functions make every target of this project: hezar_add_library and hezar_add_test here, hezar_add_plugin in
# HezarAddPlugin.cmake.

set(
  HEZAR_WARNINGS
  -Wall
  -Wextra
  -Wpedantic
  -Wshadow
  -Wnon-virtual-dtor
  -Woverloaded-virtual
  -Wno-psabi
)

# hezar_add_library(<name> [SHARED|STATIC] SOURCES <files> [PUBLIC_DEPS <targets>] [PRIVATE_DEPS <targets>])
#
# A library with public headers in <current folder>/include, hidden symbols and the project's warnings. A shared one
# exports names of hezar's namespace only.
function(hezar_add_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "SHARED;STATIC" "" "SOURCES;PUBLIC_DEPS;PRIVATE_DEPS")
  if(arg_SHARED)
    add_library(${name} SHARED)
    target_link_options(${name} PRIVATE LINKER:--version-script=${PROJECT_SOURCE_DIR}/cmake/hezar_exports.map)
    set_property(TARGET ${name} APPEND PROPERTY LINK_DEPENDS ${PROJECT_SOURCE_DIR}/cmake/hezar_exports.map)
  else()
    add_library(${name} STATIC)
  endif()
  target_sources(${name} PRIVATE ${arg_SOURCES})
  target_include_directories(
    ${name}
    PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:include>
  )
  target_link_libraries(${name} PUBLIC ${arg_PUBLIC_DEPS} PRIVATE ${arg_PRIVATE_DEPS})
  target_compile_features(${name} PUBLIC cxx_std_20)
  target_compile_options(${name} PRIVATE ${HEZAR_WARNINGS})
  set_property(GLOBAL APPEND PROPERTY HEZAR_LIBRARIES ${name})
endfunction()

# hezar_use_pch(<target>)
#
# Gives a library of many sources a precompiled header: these are a third to a half of what each costs to compile (libhezar's
# model.cpp 3.8 and 2.5 s, url.cpp 0.8 and 0.4 s).
function(hezar_use_pch target)
  target_precompile_headers(
    ${target}
    PRIVATE <boost/json.hpp> <filesystem> <functional> <memory> <string> <vector>
  )
  # -fpch-preprocess lets ccache hash the precompiled header instead of all it holds.
  target_compile_options(${target} PRIVATE -fpch-preprocess)
endfunction()

# What the dev preset builds: every test but those of the built command and the slow ones.
add_custom_target(sanitized_tests)
# What the tsan preset builds: the tests labelled threads.
add_custom_target(thread_tests)

# One precompiled header for all tests: GoogleTest and Boost.JSON are most of what a test costs to compile.
function(_hezar_use_test_pch target)
  if(NOT TARGET hezar_test_pch)
    file(WRITE ${CMAKE_BINARY_DIR}/hezar_test_pch.cpp "// Carries the precompiled header of the tests.\n")
    add_library(hezar_test_pch OBJECT ${CMAKE_BINARY_DIR}/hezar_test_pch.cpp)
    target_link_libraries(hezar_test_pch PRIVATE GTest::gmock Boost::headers Boost::json)
    target_precompile_headers(hezar_test_pch PRIVATE <gmock/gmock.h> <gtest/gtest.h> <boost/json.hpp>)
    # Compiled like an executable, and with the warnings, for the compiler refuses it for other options.
    set_target_properties(hezar_test_pch PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_compile_options(hezar_test_pch PRIVATE ${HEZAR_WARNINGS} -fPIE -fpch-preprocess)
  endif()
  # -fpch-preprocess lets ccache hash the precompiled header instead of all it holds.
  target_compile_options(${target} PRIVATE -fpch-preprocess)
  target_precompile_headers(${target} REUSE_FROM hezar_test_pch)
endfunction()

# hezar_add_test(<name> [TORCH] SOURCES <files> [DEPS <targets>] [LABEL <label>] [DEFINITIONS <defs>])
#
# A GoogleTest program whose cases ctest lists one by one. With the label threads it also runs under ThreadSanitizer.
# TORCH: its sources include LibTorch.
function(hezar_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "TORCH" "LABEL" "SOURCES;DEPS;DEFINITIONS")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_DEPS} GTest::gmock_main Boost::headers Boost::json)
  if(arg_TORCH)
    hezar_use_torch(${name})
  else()
    _hezar_use_test_pch(${name})
  endif()
  target_compile_options(${name} PRIVATE ${HEZAR_WARNINGS})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${name} PRIVATE ${arg_DEFINITIONS} HEZAR_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  if(NOT arg_LABEL)
    set(arg_LABEL unit)
  endif()
  if(arg_LABEL STREQUAL "threads")
    add_dependencies(thread_tests ${name})
  endif()
  if(NOT arg_LABEL MATCHES "^(e2e|slow)$")
    add_dependencies(sanitized_tests ${name})
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60 PROPERTIES LABELS ${arg_LABEL} TIMEOUT 300)
endfunction()
