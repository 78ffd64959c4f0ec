# Makes the target hezar::libarrow: Arrow C++ and its Parquet library, of CMAKE_PREFIX_PATH or of the pyarrow wheel that
# setup.sh installs. They are looked up by their files, for the wheel brings no package file.
find_path(HEZAR_ARROW_INCLUDE_DIR parquet/arrow/writer.h)
if(HEZAR_ARROW_INCLUDE_DIR)
  # The wheel holds no libarrow.so, only the name with the version of the interface.
  file(
    STRINGS ${HEZAR_ARROW_INCLUDE_DIR}/arrow/util/config.h
    hezar_arrow_config
    REGEX "define ARROW_(SO_)?VERSION(_STRING)? "
  )
  string(REGEX REPLACE ".*ARROW_SO_VERSION \"([0-9]+)\".*" "\\1" hezar_arrow_so "${hezar_arrow_config}")
  string(REGEX REPLACE ".*ARROW_VERSION_STRING \"([^\"]+)\".*" "\\1" HEZAR_ARROW_VERSION "${hezar_arrow_config}")
  set(hezar_arrow_hints ${HEZAR_ARROW_INCLUDE_DIR}/.. ${HEZAR_ARROW_INCLUDE_DIR}/../lib)
  find_file(HEZAR_ARROW_LIBRARY libarrow.so.${hezar_arrow_so} HINTS ${hezar_arrow_hints} PATH_SUFFIXES lib)
  find_file(HEZAR_PARQUET_LIBRARY libparquet.so.${hezar_arrow_so} HINTS ${hezar_arrow_hints} PATH_SUFFIXES lib)
endif()
if(NOT HEZAR_ARROW_LIBRARY OR NOT HEZAR_PARQUET_LIBRARY)
  message(
    FATAL_ERROR
    "Arrow: expected the headers and libraries of Arrow C++ with Parquet below a folder of CMAKE_PREFIX_PATH "
    "(\"${CMAKE_PREFIX_PATH}\") or in .deps, got none. Run cmake/setup.sh, or pass -DHEZAR_WITH_ARROW=OFF to build "
    "without it."
  )
endif()
message(STATUS "Arrow ${HEZAR_ARROW_VERSION}: ${HEZAR_ARROW_LIBRARY}")

add_library(hezar::libarrow INTERFACE IMPORTED)
target_include_directories(hezar::libarrow INTERFACE ${HEZAR_ARROW_INCLUDE_DIR})
target_link_libraries(hezar::libarrow INTERFACE ${HEZAR_PARQUET_LIBRARY} ${HEZAR_ARROW_LIBRARY})
