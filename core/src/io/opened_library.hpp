#pragma once

#include <dlfcn.h>

#include <boost/dll/runtime_symbol_info.hpp>
#include <boost/dll/shared_library.hpp>
#include <boost/dll/shared_library_load_mode.hpp>

namespace hezar::io {

/// A library that is opened at its first use instead of being needed by libhezar. It is never
/// unloaded, not even when what is returned is gone: what it started may outlive that.
/// @param name  without folders: found as if libhezar needed it.
/// @throws std::exception where it is missing.
[[nodiscard]] inline boost::dll::shared_library open_library(const boost::dll::fs::path& name) {
  using boost::dll::load_mode::type;
  constexpr type kMode = boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local |
                         boost::dll::load_mode::search_system_folders;
  constexpr auto kStays = static_cast<type>(RTLD_NODELETE);
  return boost::dll::shared_library(name, kMode | kStays);
}

/// The path of a library beside libhezar: where a sanitizer opens libraries for it, nobody looks
/// there.
[[nodiscard]] inline boost::dll::fs::path beside_libhezar(const char* name) {
  return boost::dll::this_line_location().parent_path() / name;
}

/// Sets `to` to the function of that name.
/// @throws std::exception where the library has none.
template <class Function>
void find_function(const boost::dll::shared_library& library, const char* name, Function*& to) {
  to = &library.get<Function>(name);
}

}  // namespace hezar::io
