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
  target_compile_options(${name} PRIVATE ${HEZAR_WARNINGS})
  set_property(GLOBAL APPEND PROPERTY HEZAR_LIBRARIES ${name})
endfunction()

# What the dev preset builds: every test but those of the built command and the slow ones.
add_custom_target(sanitized_tests)
# What the tsan preset builds: the tests labelled threads.
add_custom_target(thread_tests)

# hezar_add_test(<name> SOURCES <files> [DEPS <targets>] [LABEL <label>] [DEFINITIONS <defs>])
#
# A GoogleTest program whose cases ctest lists one by one. With the label threads it also runs under ThreadSanitizer.
function(hezar_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL" "SOURCES;DEPS;DEFINITIONS")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_DEPS} GTest::gmock_main)
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
