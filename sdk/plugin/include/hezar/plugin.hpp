#pragma once

/// Everything a plugin needs beside the header of its own module. One source file of a plugin uses
/// HEZAR_PLUGIN:
///
///   #include <hezar/plugin.hpp>
///   #include <bert/bert_text_classification.hpp>
///
///   HEZAR_PLUGIN(bert) {
///     registrar.model<hezar::BertTextClassification>("Classifies texts with BERT.");
///   }

#include <cstddef>
#include <cstdio>
#include <exception>
#include <string_view>

#include <hezar/plugin/descriptor.hpp>
#include <hezar/plugin/registrar.hpp>
#include <hezar/plugin_note.hpp>

namespace hezar::detail {

/// What stands between a plugin's body and the C boundary: no exception passes.
inline int run_plugin_entry(void (*body)(Registrar&), Registrar* registrar, char* error,
                            std::size_t size) noexcept {
  try {
    body(*registrar);
    return 0;
  } catch (const std::exception& e) {
    std::snprintf(error, size, "%s", e.what());
  } catch (...) {
    std::snprintf(error, size, "threw something that is no std::exception");
  }
  return 1;
}

}  // namespace hezar::detail

/// Begins the body that registers what the plugin offers, on `registrar`. Of it the host takes all
/// or, where it throws, nothing. `name` is the one given to hezar_add_plugin().
#define HEZAR_PLUGIN(name)                                                                \
  static_assert(std::string_view(#name) == HEZAR_PLUGIN_NAME,                             \
                "HEZAR_PLUGIN and hezar_add_plugin must be given the same name");         \
  HEZAR_PLUGIN_NOTE();                                                                    \
  static void hezar_plugin_body(::hezar::Registrar& registrar);                           \
  extern "C" HEZAR_API int HEZAR_PLUGIN_ENTRY(::hezar::Registrar* registrar, char* error, \
                                              std::size_t size) noexcept {                \
    return ::hezar::detail::run_plugin_entry(&hezar_plugin_body, registrar, error, size); \
  }                                                                                       \
  static void hezar_plugin_body([[maybe_unused]] ::hezar::Registrar& registrar)
