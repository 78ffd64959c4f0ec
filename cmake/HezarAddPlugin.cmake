# hezar_add_plugin(<name> SOURCES <files> [DEPS <targets>] [VERSION <version>] [LICENSE <license>]
#                  [NEEDS [torch] [plugin:<name>...]] [MODULES NONE|<file>] [COMPONENTS <names>])
#
# A plugin: a shared library without "lib" in its name that exports the entry of HEZAR_PLUGIN and nothing else, carries
# its descriptor as an ELF note and the list of its modules as a section, and is never unloaded. In hezar's own build
# and in one that found an installed hezar with find_package(hezar) alike:
#
#   hezar_add_plugin(greeter SOURCES plugin.cpp VERSION 1.2.0 LICENSE MIT)
#
#   name      [a-z0-9_]+, the one given to HEZAR_PLUGIN; the target is hezar_plugin_<name>, the file <name>.so
#   SOURCES   one of them uses HEZAR_PLUGIN
#   DEPS      libraries it links, static or shared; what a static one exports stays inside. Shared ones that are not of
#             the system go beside the plugin or into lib/ beside it
#   NEEDS     torch: links hezar::torch; plugin:<name>: is used only where that plugin is, which a host opens first
#   MODULES   the list of modules comes from this JSON file, or is left out with NONE, instead of being asked from the
#             plugin after linking. Cross builds leave it out: a host then asks the plugin once, in a child process
#   COMPONENTS  names by which `cmake --install --component` knows it; unset: plugins
#
# HEZAR_PLUGIN_OUTPUT_DIRECTORY   where the file is written; unset: as for any library
# HEZAR_PLUGIN_INSTALL_DIRECTORY  where it is installed; unset: it is not
set(HEZAR_ADD_PLUGIN_FOLDER ${CMAKE_CURRENT_LIST_DIR})

function(hezar_add_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "VERSION;LICENSE;MODULES" "SOURCES;DEPS;NEEDS;COMPONENTS")
  if(NOT name MATCHES "^[a-z0-9_]+$")
    message(FATAL_ERROR "hezar_add_plugin: expected a name of a-z, 0-9 and _, got \"${name}\".")
  endif()
  if(NOT arg_SOURCES)
    message(FATAL_ERROR "hezar_add_plugin(${name}): expected SOURCES, got none.")
  endif()
  if(arg_UNPARSED_ARGUMENTS)
    message(
      FATAL_ERROR
      "hezar_add_plugin(${name}): expected SOURCES, DEPS, VERSION, LICENSE, NEEDS, MODULES or COMPONENTS, got "
      "\"${arg_UNPARSED_ARGUMENTS}\"."
    )
  endif()
  if(NOT arg_VERSION)
    set(arg_VERSION ${PROJECT_VERSION})
  endif()
  if(NOT arg_VERSION)
    set(arg_VERSION 0.0.0)
  endif()
  set(target hezar_plugin_${name})
  add_library(${target} MODULE ${arg_SOURCES})
  target_link_libraries(${target} PRIVATE hezar::plugin ${arg_DEPS})
  target_compile_features(${target} PRIVATE cxx_std_20)
  target_compile_options(${target} PRIVATE ${HEZAR_WARNINGS})
  string(REPLACE "." ", " hezar_numbers ${hezar_VERSION})
  target_compile_definitions(
    ${target}
    PRIVATE
      HEZAR_PLUGIN_NAME="${name}"
      HEZAR_PLUGIN_VERSION="${arg_VERSION}"
      HEZAR_PLUGIN_LICENSE="${arg_LICENSE}"
      HEZAR_PLUGIN_BUILD_TYPE="$<CONFIG>"
      "HEZAR_PLUGIN_HEZAR_VERSION=${hezar_numbers}"
  )
  _hezar_plugin_needs(${target} "${arg_NEEDS}" plugins)
  _hezar_plugin_link(${target} ${name})
  _hezar_plugin_stamp(${target} "${arg_MODULES}" "${plugins}")
  if(HEZAR_PLUGIN_INSTALL_DIRECTORY)
    _hezar_plugin_install(${target} "${arg_COMPONENTS}")
  endif()
endfunction()

# An install of everything copies it once, as part of its first component.
function(_hezar_plugin_install target components)
  if(NOT components)
    set(components plugins)
  endif()
  set_target_properties(${target} PROPERTIES HEZAR_COMPONENTS "${components}")
  set(only_when_named "")
  foreach(component IN LISTS components)
    install(
      TARGETS ${target}
      LIBRARY DESTINATION ${HEZAR_PLUGIN_INSTALL_DIRECTORY} COMPONENT ${component}
      ${only_when_named}
    )
    set(only_when_named EXCLUDE_FROM_ALL)
  endforeach()
endfunction()

# Sets `variable` to the names of the plugins among the needs, as "a,b".
function(_hezar_plugin_needs target needs variable)
  set(plugins "")
  foreach(need IN LISTS needs)
    if(need MATCHES "^plugin:([a-z0-9_]+)$")
      list(APPEND plugins ${CMAKE_MATCH_1})
      continue()
    endif()
    if(NOT need STREQUAL "torch")
      message(FATAL_ERROR "hezar_add_plugin: expected NEEDS torch or plugin:<name>, got NEEDS ${need}.")
    endif()
    if(NOT TARGET hezar::torch)
      set(why "this hezar was built without it. Build one with -DHEZAR_WITH_TORCH=ON.")
      if(hezar_torch_NOT_FOUND_MESSAGE)
        set(why "${hezar_torch_NOT_FOUND_MESSAGE}")
      endif()
      message(FATAL_ERROR "hezar_add_plugin: ${target} needs torch: ${why}")
    endif()
    target_link_libraries(${target} PRIVATE hezar::torch)
    target_compile_definitions(${target} PRIVATE HEZAR_PLUGIN_NEEDS_TORCH)
  endforeach()
  list(JOIN plugins "," plugins)
  set(${variable} "${plugins}" PARENT_SCOPE)
endfunction()

function(_hezar_plugin_link target name)
  set(exports ${HEZAR_ADD_PLUGIN_FOLDER}/plugin_exports.map)
  target_link_options(
    ${target}
    PRIVATE -Wl,-z,nodelete -Wl,-z,defs -Wl,--exclude-libs,ALL -Wl,--build-id=sha1 -Wl,--version-script=${exports}
  )
  # Libraries of its own lie beside the plugin; hezar's own plugins also find libhezar, two folders up, without a host.
  set(rpath "$ORIGIN" "$ORIGIN/lib")
  if(TARGET hezar_core)
    list(APPEND rpath "$ORIGIN/../..")
  endif()
  set_target_properties(
    ${target}
    PROPERTIES
      PREFIX ""
      OUTPUT_NAME ${name}
      SUFFIX ".so"
      NO_SONAME ON
      LINK_DEPENDS ${exports}
      CXX_VISIBILITY_PRESET hidden
      VISIBILITY_INLINES_HIDDEN ON
      CXX_EXTENSIONS OFF
      BUILD_WITH_INSTALL_RPATH ON
      INSTALL_RPATH "${rpath}"
      INSTALL_RPATH_USE_LINK_PATH OFF
  )
  if(HEZAR_PLUGIN_OUTPUT_DIRECTORY)
    set_target_properties(${target} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${HEZAR_PLUGIN_OUTPUT_DIRECTORY})
  endif()
endfunction()

function(_hezar_plugin_stamp target modules plugins)
  set(lists "")
  if(NOT modules AND NOT CMAKE_CROSSCOMPILING)
    add_dependencies(${target} hezar::plugin_scan)
    list(APPEND lists -D SCAN=$<TARGET_FILE:hezar::plugin_scan>)
  elseif(modules AND NOT modules STREQUAL "NONE")
    set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${modules})
    list(APPEND lists -D LIST=${modules})
  endif()
  if(plugins)
    list(APPEND lists -D NEEDS=${plugins})
  endif()
  if(NOT lists)
    return()
  endif()
  if(NOT CMAKE_OBJCOPY)
    message(FATAL_ERROR "hezar_add_plugin: expected objcopy, got none. Install binutils.")
  endif()
  add_custom_command(
    TARGET ${target}
    POST_BUILD
    VERBATIM
    COMMAND
      ${CMAKE_COMMAND} -D PLUGIN=$<TARGET_FILE:${target}> ${lists} -D OBJCOPY=${CMAKE_OBJCOPY} -P
      ${HEZAR_ADD_PLUGIN_FOLDER}/plugin_stamp.cmake
  )
endfunction()

# hezar_add_plugin_check(<name> [GOLDEN <folder>] [PLUGIN_DIRS <folders>] [SKIP <ids>])
#
# The test plugin_check.<name>, labelled plugin: runs the conformance suite over a plugin of hezar_add_plugin().
#
#   GOLDEN        folder of golden files; unset: golden/ of the current folder, where it exists
#   PLUGIN_DIRS   folders of plugins that this one works with
#   SKIP          checks that this plugin is not meant to pass
function(hezar_add_plugin_check name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "GOLDEN" "PLUGIN_DIRS;SKIP")
  if(NOT TARGET hezar_plugin_${name})
    message(FATAL_ERROR "hezar_add_plugin_check: expected a plugin of hezar_add_plugin(), got \"${name}\".")
  endif()
  if(NOT arg_GOLDEN AND EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/golden)
    set(arg_GOLDEN ${CMAKE_CURRENT_SOURCE_DIR}/golden)
  endif()
  set(options "")
  if(arg_GOLDEN)
    cmake_path(ABSOLUTE_PATH arg_GOLDEN)
    list(APPEND options --golden ${arg_GOLDEN})
  endif()
  foreach(folder IN LISTS arg_PLUGIN_DIRS)
    list(APPEND options --plugin-dir ${folder})
  endforeach()
  foreach(id IN LISTS arg_SKIP)
    list(APPEND options --skip ${id})
  endforeach()
  add_test(
    NAME plugin_check.${name}
    COMMAND $<TARGET_FILE:hezar::plugin_check> ${options} $<TARGET_FILE:hezar_plugin_${name}>
  )
  set_tests_properties(plugin_check.${name} PROPERTIES LABELS plugin TIMEOUT 600)
endfunction()
