# What `cmake --install` puts into a prefix: a host that runs wherever the prefix is moved to.
#
#   bin/hezar  lib/libhezar*.so  lib/hezar/plugins/*.so  lib/hezar/deps/ (other libraries)  share/doc/hezar/
#
# Included once, after all targets exist. Targets carry the export name hezarTargets for a package config file.

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
hezar_targets_below(hezar_shared_libraries ${PROJECT_SOURCE_DIR} SHARED_LIBRARY)
hezar_targets_below(hezar_plugins ${PROJECT_SOURCE_DIR}/plugins MODULE_LIBRARY)
list(FILTER hezar_shared_libraries INCLUDE REGEX "^hezar_(core|torch)$")

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
  TARGET ${hezar_shared_libraries}
  PROPERTY INSTALL_RPATH "$ORIGIN" "$ORIGIN/hezar/deps" ${hezar_torch_rpath}
)
if(hezar_plugins)
  set_property(TARGET ${hezar_plugins} APPEND PROPERTY INSTALL_RPATH "$ORIGIN/../deps" ${hezar_torch_rpath})
endif()

# hezar_add_plugin() installs the plugins.
install(TARGETS ${hezar_hosts} RUNTIME DESTINATION bin)
install(TARGETS ${hezar_shared_libraries} EXPORT hezarTargets LIBRARY DESTINATION lib)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/CHANGELOG.md DESTINATION share/doc/hezar)

set(hezar_built "")
foreach(target IN LISTS hezar_hosts hezar_shared_libraries hezar_plugins)
  list(APPEND hezar_built $<TARGET_FILE:${target}>)
endforeach()
list(JOIN hezar_built "\" \"" hezar_built)
install(
  CODE
    "
  set(HEZAR_BUILT_FILES \"${hezar_built}\")
  set(HEZAR_BUILD_FOLDER \"${CMAKE_BINARY_DIR}\")
  set(HEZAR_BUNDLE_TORCH \"${HEZAR_BUNDLE_TORCH}\")
  set(HEZAR_TORCH_FOLDER \"${hezar_torch_folder}\")
  set(HEZAR_DEPS_DESTINATION lib/hezar/deps)"
)
install(SCRIPT ${PROJECT_SOURCE_DIR}/cmake/bundle_libraries.cmake)
