# Runs at install time: copies every library that the installed files need and a bare system lacks into
# <prefix>/${HEZAR_DEPS_DESTINATION}, and makes each look for the others beside itself.
#
# In: HEZAR_BUILT_FILES (host, libraries, plugins in the build folder), HEZAR_OPENED_LIBRARIES (opened by them while they
# run, so that nothing names them), HEZAR_BUILD_FOLDER, HEZAR_BUNDLE_TORCH, HEZAR_TORCH_FOLDER, HEZAR_DEPS_DESTINATION;
# HEZAR_BUNDLED, what an earlier run of the same install copied. Environment: HEZAR_INSTALL_LINKS, set by tests: hard links
# instead of copies for what need not be changed, which for LibTorch saves writing 450 MB.
find_program(HEZAR_PATCHELF patchelf REQUIRED)

# The C and C++ run time stays the system's: a process can hold only one, and plugins are checked against it.
set(hezar_system_libraries "^(ld-linux.*|lib(c|m|dl|rt|util|pthread|resolv|nsl|anl|mvec|stdc\\+\\+|gcc_s)\\.so.*)")

# Asks the loader itself, which also says which of two libraries of one name a process would get.
set(found "")
foreach(file IN LISTS HEZAR_OPENED_LIBRARIES)
  execute_process(
    COMMAND ${HEZAR_PATCHELF} --print-soname "${file}"
    OUTPUT_VARIABLE name
    OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY
  )
  cmake_path(REPLACE_FILENAME file "${name}")
  list(APPEND found "${file}")
endforeach()
foreach(file IN LISTS HEZAR_BUILT_FILES HEZAR_OPENED_LIBRARIES)
  execute_process(
    COMMAND
      ${CMAKE_COMMAND} -E env "LD_LIBRARY_PATH=${HEZAR_BUILD_FOLDER}/lib:${HEZAR_TORCH_FOLDER}:$ENV{LD_LIBRARY_PATH}"
      ldd "${file}"
    OUTPUT_VARIABLE lines
    COMMAND_ERROR_IS_FATAL ANY
  )
  string(REGEX MATCHALL "[^ \t\n]+ => [^\n]+" lines "${lines}")
  foreach(line IN LISTS lines)
    string(REGEX REPLACE " => .*" "" name "${line}")
    string(REGEX REPLACE "^[^ ]+ => (.*) \\(0x.*" "\\1" path "${line}")
    if(line MATCHES "=> not found")
      message(
        FATAL_ERROR
        "${file}: expected to find ${name}, got nothing. Set LD_LIBRARY_PATH to its folder, or build again"
      )
    elseif(NOT name MATCHES "${hezar_system_libraries}")
      list(APPEND found "${path}")
    endif()
  endforeach()
endforeach()
list(REMOVE_DUPLICATES found)
# Another component of this run copied them.
list(REMOVE_ITEM found ${HEZAR_BUNDLED})
list(APPEND HEZAR_BUNDLED ${found})

set(folder "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/${HEZAR_DEPS_DESTINATION}")
file(MAKE_DIRECTORY "${folder}")
foreach(library IN LISTS found)
  cmake_path(IS_PREFIX HEZAR_BUILD_FOLDER "${library}" NORMALIZE is_ours)
  cmake_path(GET library PARENT_PATH library_folder)
  cmake_path(GET library FILENAME name)
  if(is_ours OR (NOT HEZAR_BUNDLE_TORCH AND library_folder STREQUAL HEZAR_TORCH_FOLDER))
    continue()
  endif()
  file(REAL_PATH "${library}" source)
  execute_process(
    COMMAND ${HEZAR_PATCHELF} --print-rpath "${source}"
    OUTPUT_VARIABLE rpath
    OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY
  )
  # Under a name of its own first, so that a host that runs from this prefix keeps the file it has open.
  file(REMOVE "${folder}/${name}.new")
  if(rpath STREQUAL "$ORIGIN" AND DEFINED ENV{HEZAR_INSTALL_LINKS})
    file(CREATE_LINK "${source}" "${folder}/${name}.new" COPY_ON_ERROR)
  else()
    file(COPY_FILE "${source}" "${folder}/${name}.new")
  endif()
  if(NOT rpath STREQUAL "$ORIGIN")
    execute_process(COMMAND ${HEZAR_PATCHELF} --set-rpath "$ORIGIN" "${folder}/${name}.new" COMMAND_ERROR_IS_FATAL ANY)
  endif()
  file(RENAME "${folder}/${name}.new" "${folder}/${name}")
  list(APPEND CMAKE_INSTALL_MANIFEST_FILES "${CMAKE_INSTALL_PREFIX}/${HEZAR_DEPS_DESTINATION}/${name}")
  message(STATUS "Bundled: ${folder}/${name}")
endforeach()
