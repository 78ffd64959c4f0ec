#include <plugin/load_error.hpp>

#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include <hezar/text/concat.hpp>
#include <plugin/printable.hpp>

namespace hezar::plugin {

namespace {

using text::concat;

std::string demangled(const std::string& symbol) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), &std::free);
  return status == 0 && name ? std::string(name.get()) : symbol;
}

/// The text after `marker`, up to one of `ends`; empty where the marker is absent.
std::string after(std::string_view message, std::string_view marker, std::string_view ends) {
  const std::size_t at = message.find(marker);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = message.substr(at + marker.size());
  return std::string(rest.substr(0, std::min(rest.find_first_of(ends), rest.size())));
}

}  // namespace

LoadFault explain_load_error(std::string_view message) {
  // Boost.DLL wraps what dlerror said.
  constexpr std::string_view kWrapped = "dlerror system message: ";
  if (const std::size_t at = message.find(kWrapped); at != std::string_view::npos) {
    message.remove_prefix(at + kWrapped.size());
    message = message.substr(0, std::min(message.rfind("): "), message.size()));
  }
  if (const std::string symbol = after(message, "undefined symbol: ", ", \t("); !symbol.empty()) {
    return {PluginStatus::kUnresolvedSymbol,
            concat("needs the symbol ", printable(demangled(symbol), 400),
                   ", which neither this host nor its libraries have. Rebuild it against this "
                   "hezar")};
  }
  if (message.find("cannot open shared object file") != std::string_view::npos) {
    const std::string library(message.substr(0, std::min(message.find(": "), message.size())));
    return {PluginStatus::kMissingDependency, concat("needs ", printable(library),
                                                     ", which was not found. Install it or put it "
                                                     "beside the plugin")};
  }
  if (const std::string version = after(message, "version `", "'"); !version.empty()) {
    return {PluginStatus::kIncompatible,
            concat("built for ", printable(version), ", which ",
                   printable(message.substr(0, std::min(message.find(": "), message.size()))),
                   " of this system lacks. Rebuild it on this system")};
  }
  return {PluginStatus::kFailed,
          concat("cannot be opened: ", printable(message), ". Rebuild or remove it")};
}

std::string describe(const MissingDependency& missing, const std::filesystem::path& plugin) {
  const bool direct = missing.needed_by == plugin.filename().string();
  return concat("needs ", printable(missing.library),
                direct ? std::string() : concat(" through ", printable(missing.needed_by)),
                ", which was not found",
                missing.looked.empty()
                    ? std::string()
                    : concat(" (looked in ", printable(text::join(missing.looked, ", ")), ")"),
                ". Install it or put it beside the plugin");
}

}  // namespace hezar::plugin
