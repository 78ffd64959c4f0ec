# What `cmake --install` puts into a prefix: a host that runs wherever the prefix is moved to.
#
#   bin/hezar  lib/libhezar*.so  lib/hezar/plugins/*.so  lib/hezar/deps/ (other libraries)  share/doc/hezar/
#
# and what authors of plugins build with: HezarInstallSdk.cmake. Included once, after all targets exist.
#
# Components, for `cmake --install --component`: `host`, `torch` (libhezar-torch with its LibTorch), `sdk`, and the families
# of plugins by their use, nlp, vision, audio and embeddings. Each of the last five brings what it needs of the first two.
set(hezar_plugin_components nlp vision audio embeddings)

# hezar_targets_below(<variable> <folder> <type>): the targets of one type that were added in a folder or below it.
function(hezar_targets_below variable folder type)
  set(found "")
  get_property(targets DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(target_type ${target} TYPE)
    if(target_type STREQUAL type)
      list(APPEND found ${target})
    endif()
  endforeach()
  get_property(subfolders DIRECTORY ${folder} PROPERTY SUBDIRECTORIES)
  foreach(subfolder IN LISTS subfolders)
    hezar_targets_below(deeper ${subfolder} ${type})
    list(APPEND found ${deeper})
  endforeach()
  set(${variable} ${found} PARENT_SCOPE)
endfunction()

hezar_targets_below(hezar_hosts ${PROJECT_SOURCE_DIR}/host EXECUTABLE)
hezar_targets_below(hezar_plugins ${PROJECT_SOURCE_DIR}/plugins MODULE_LIBRARY)
# Opened by libhezar, so that nothing names it.
set(hezar_arrow_libraries "")
if(TARGET hezar_arrow)
  set(hezar_arrow_libraries hezar_arrow)
endif()
set(hezar_torch_libraries "")
if(TARGET hezar_torch)
  set(hezar_torch_libraries hezar_torch)
endif()

# Which LibTorch to look for at run time where it is not bundled.
set(hezar_torch_folder "")
if(HEZAR_TORCH_CPU_LIBRARY)
  cmake_path(GET HEZAR_TORCH_CPU_LIBRARY PARENT_PATH hezar_torch_folder)
endif()
set(hezar_torch_rpath "")
if(NOT HEZAR_BUNDLE_TORCH)
  set(hezar_torch_rpath ${hezar_torch_folder})
endif()

# RUNPATH is not transitive: every file names each folder that it needs something from.
set_property(TARGET ${hezar_hosts} PROPERTY INSTALL_RPATH "$ORIGIN/../lib" "$ORIGIN/../lib/hezar/deps")
set_property(
  TARGET hezar_core ${hezar_arrow_libraries} ${hezar_torch_libraries}
  PROPERTY INSTALL_RPATH "$ORIGIN" "$ORIGIN/hezar/deps" ${hezar_torch_rpath}
)
if(hezar_plugins)
  set_property(TARGET ${hezar_plugins} APPEND PROPERTY INSTALL_RPATH "$ORIGIN/../deps" ${hezar_torch_rpath})
endif()

# hezar_install_dependencies(<component> TARGETS <targets> [OPENED <library files>]): what they need of libraries that a
# bare system lacks; OPENED are those that the targets open while they run, so that nothing names them.
function(hezar_install_dependencies component)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "TARGETS;OPENED")
  set(built "")
  foreach(target IN LISTS arg_TARGETS)
    list(APPEND built $<TARGET_FILE:${target}>)
  endforeach()
  list(JOIN built "\" \"" built)
  list(JOIN arg_OPENED "\" \"" opened)
  install(
    CODE
      "
  set(HEZAR_BUILT_FILES \"${built}\")
  set(HEZAR_OPENED_LIBRARIES \"${opened}\")
  set(HEZAR_BUILD_FOLDER \"${CMAKE_BINARY_DIR}\")
  set(HEZAR_BUNDLE_TORCH \"${HEZAR_BUNDLE_TORCH}\")
  set(HEZAR_TORCH_FOLDER \"${hezar_torch_folder}\")
  set(HEZAR_DEPS_DESTINATION lib/hezar/deps)"
    COMPONENT ${component}
  )
  install(SCRIPT ${PROJECT_SOURCE_DIR}/cmake/bundle_libraries.cmake COMPONENT ${component})
endfunction()

# hezar_install_with(<component> <components>): who names the one gets the others before it. An install of everything has
# them anyway.
function(hezar_install_with component)
  list(JOIN ARGN " " needed)
  install(
    CODE
      "
  foreach(hezar_component IN ITEMS ${needed})
    set(CMAKE_INSTALL_COMPONENT \${hezar_component})
    include(\"${CMAKE_BINARY_DIR}/cmake_install.cmake\")
  endforeach()
  set(CMAKE_INSTALL_COMPONENT ${component})"
    COMPONENT ${component}
    EXCLUDE_FROM_ALL
  )
endfunction()

install(TARGETS ${hezar_hosts} RUNTIME DESTINATION bin COMPONENT host)
if(hezar_arrow_libraries)
  install(TARGETS ${hezar_arrow_libraries} LIBRARY DESTINATION lib COMPONENT host NAMELINK_SKIP)
endif()
install(
  FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/CHANGELOG.md
  DESTINATION share/doc/hezar
  COMPONENT host
)
hezar_install_dependencies(
  host
  TARGETS ${hezar_hosts} hezar_core ${hezar_arrow_libraries}
  OPENED $<TARGET_FILE:CURL::libcurl> $<TARGET_FILE:OpenSSL::Crypto>
)
if(hezar_torch_libraries)
  hezar_install_dependencies(torch TARGETS ${hezar_torch_libraries})
endif()

# hezar_add_plugin() installs the plugins themselves.
foreach(component IN LISTS hezar_plugin_components)
  set(plugins ${hezar_plugins})
  set(needed host)
  foreach(plugin IN LISTS hezar_plugins)
    get_target_property(components ${plugin} HEZAR_COMPONENTS)
    get_target_property(libraries ${plugin} LINK_LIBRARIES)
    if(NOT component IN_LIST components)
      list(REMOVE_ITEM plugins ${plugin})
    elseif("hezar::torch" IN_LIST libraries)
      list(APPEND needed ${hezar_torch_libraries})
    endif()
  endforeach()
  list(TRANSFORM needed REPLACE hezar_torch torch)
  list(REMOVE_DUPLICATES needed)
  hezar_install_with(${component} ${needed})
  if(plugins)
    hezar_install_dependencies(${component} TARGETS ${plugins})
  else()
    set(message "${component}: no plugin of this build belongs to it, so the host alone is installed")
    install(CODE "message(NOTICE \"${message}\")" COMPONENT ${component} EXCLUDE_FROM_ALL)
  endif()
endforeach()

include(HezarInstallSdk)
include(HezarPack)
