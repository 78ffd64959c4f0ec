# `make package`: all of an install as one .deb and one .tar.gz.
set(CPACK_GENERATOR "DEB;TGZ")
set(CPACK_PACKAGE_NAME hezar)
set(CPACK_PACKAGE_VENDOR "Hezar")
set(CPACK_PACKAGE_CONTACT "Hezar <https://github.com/hezarai/hezar>")
set(CPACK_PACKAGE_HOMEPAGE_URL "https://github.com/hezarai/hezar")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGE_FILE_NAME hezar-${PROJECT_VERSION}-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/package)
set(CPACK_STRIP_FILES ON)
# The components need each other's files; one package holds them all.
set(CPACK_MONOLITHIC_INSTALL ON)

# The C and C++ run time is all that is not bundled, and it must be no older than what was built with.
execute_process(
  COMMAND getconf GNU_LIBC_VERSION
  OUTPUT_VARIABLE hezar_libc
  OUTPUT_STRIP_TRAILING_WHITESPACE
  COMMAND_ERROR_IS_FATAL ANY
)
string(REGEX REPLACE "^glibc " "" hezar_libc "${hezar_libc}")
string(REGEX MATCH "^[0-9]+" hezar_libstdcxx "${CMAKE_CXX_COMPILER_VERSION}")
set(
  CPACK_DEBIAN_PACKAGE_DEPENDS
  "libc6 (>= ${hezar_libc}), libstdc++6 (>= ${hezar_libstdcxx}), libgcc-s1, ca-certificates"
)
# What writing plugins takes, and using the host does not.
string(REGEX MATCH "^[0-9]+\\.[0-9]+" hezar_boost_minor ${Boost_VERSION})
set(
  CPACK_DEBIAN_PACKAGE_SUGGESTS
  "g++, cmake (>= 3.25), binutils, libboost${hezar_boost_minor}-dev, libboost-json${hezar_boost_minor}-dev"
)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
# xz takes minutes for LibTorch.
set(CPACK_DEBIAN_COMPRESSION_TYPE zstd)
include(CPack)
