# What find_package(hezar CONFIG) finds in a prefix: headers, the archives of the families, and the package's own files.
#
#   include/hezar/  lib/libhezar*.a  lib/cmake/hezar/  lib/hezar/libtorch/ (LibTorch's headers and CMake files)
#   share/hezar/examples/  share/doc/hezar/sdk/
#
# A library is installed when it has an EXPORT_NAME. What needs LibTorch is in an export file of its own, for a prefix
# without one still serves plugins that need none.
set(hezar_package_folder lib/cmake/hezar)

# hezar_needs_torch(<variable> <target>)
function(hezar_needs_torch variable target)
  get_target_property(libraries ${target} LINK_LIBRARIES)
  set(needs FALSE)
  if(target STREQUAL "hezar_torch" OR "hezar::torch" IN_LIST libraries)
    set(needs TRUE)
  endif()
  set(${variable} ${needs} PARENT_SCOPE)
endfunction()

get_property(hezar_libraries GLOBAL PROPERTY HEZAR_LIBRARIES)
foreach(library IN LISTS hezar_libraries)
  get_target_property(name ${library} EXPORT_NAME)
  if(NOT name)
    continue()
  endif()
  hezar_needs_torch(needs_torch ${library})
  set(export hezarTargets)
  set(component host)
  if(needs_torch)
    set(export hezarTorchTargets)
    set(component torch)
  endif()
  install(
    TARGETS ${library}
    EXPORT ${export}
    LIBRARY DESTINATION lib COMPONENT ${component} NAMELINK_COMPONENT sdk
    ARCHIVE DESTINATION lib COMPONENT sdk
  )
  get_target_property(folder ${library} SOURCE_DIR)
  install(DIRECTORY ${folder}/include/ DESTINATION include COMPONENT sdk FILES_MATCHING PATTERN *.hpp)
endforeach()
install(EXPORT hezarTargets NAMESPACE hezar:: DESTINATION ${hezar_package_folder} COMPONENT sdk)
if(TARGET hezar_torch)
  install(EXPORT hezarTorchTargets NAMESPACE hezar:: DESTINATION ${hezar_package_folder} COMPONENT sdk)
endif()

include(CMakePackageConfigHelpers)
string(REGEX MATCH "^[0-9]+\\.[0-9]+" hezar_boost_minor ${Boost_VERSION})
string(REGEX MATCH "^[0-9]+\\.[0-9]+" hezar_torch_minor "${HEZAR_TORCH_VERSION}")
configure_package_config_file(
  ${PROJECT_SOURCE_DIR}/cmake/hezarConfig.cmake.in
  ${CMAKE_BINARY_DIR}/cmake/hezarConfig.cmake
  INSTALL_DESTINATION ${hezar_package_folder}
)
# Until 1.0 a minor version may change interfaces.
write_basic_package_version_file(${CMAKE_BINARY_DIR}/cmake/hezarConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(
  FILES
    ${CMAKE_BINARY_DIR}/cmake/hezarConfig.cmake
    ${CMAKE_BINARY_DIR}/cmake/hezarConfigVersion.cmake
    ${PROJECT_SOURCE_DIR}/cmake/HezarAddPlugin.cmake
    ${PROJECT_SOURCE_DIR}/cmake/HezarLibTorch.cmake
    ${PROJECT_SOURCE_DIR}/cmake/plugin_exports.map
    ${PROJECT_SOURCE_DIR}/cmake/plugin_stamp.cmake
  DESTINATION ${hezar_package_folder}
  COMPONENT sdk
)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/sdk/examples DESTINATION share/hezar COMPONENT sdk)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/sdk/docs/ DESTINATION share/doc/hezar/sdk COMPONENT sdk)

set(hezar_sdk_needs host)
if(TARGET hezar_torch)
  list(APPEND hezar_sdk_needs torch)
endif()
hezar_install_with(sdk ${hezar_sdk_needs})

# As LibTorch's own CMake files expect it: include/, lib/ and share/cmake/ side by side. The libraries are links to those
# that the host uses, and no others: what links LibTorch gets this folder as a run path.
if(TARGET hezar_torch AND HEZAR_BUNDLE_TORCH)
  set(hezar_libtorch lib/hezar/libtorch)
  install(DIRECTORY ${HEZAR_TORCH_INCLUDE_DIR}/ DESTINATION ${hezar_libtorch}/include COMPONENT sdk)
  cmake_path(GET hezar_torch_folder PARENT_PATH hezar_torch_root)
  install(DIRECTORY ${hezar_torch_root}/share/cmake DESTINATION ${hezar_libtorch}/share COMPONENT sdk OPTIONAL)
  install(
    CODE
      "
  set(prefix \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}\")
  file(GLOB names RELATIVE \"${hezar_torch_folder}\" \"${hezar_torch_folder}/*.so*\")
  file(MAKE_DIRECTORY \"\${prefix}/${hezar_libtorch}/lib\")
  foreach(name IN LISTS names)
    if(EXISTS \"\${prefix}/lib/hezar/deps/\${name}\")
      file(CREATE_LINK ../../deps/\${name} \"\${prefix}/${hezar_libtorch}/lib/\${name}\" SYMBOLIC)
    endif()
  endforeach()"
    COMPONENT sdk
  )
endif()
