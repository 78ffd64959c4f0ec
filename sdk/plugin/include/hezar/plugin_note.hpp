#pragma once

/// The ELF note that says what a plugin was built for. Plugins get it from HEZAR_PLUGIN of
/// <hezar/plugin.hpp>; this header alone is for what is no plugin or must not register anything.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <version>

#include <boost/version.hpp>

#include <hezar/plugin/descriptor.hpp>

// Defined by hezar_add_plugin(); HEZAR_TORCH_VERSION by linking hezar::torch.
#ifndef HEZAR_PLUGIN_VERSION
#define HEZAR_PLUGIN_VERSION "0.0.0"
#endif
#ifndef HEZAR_PLUGIN_LICENSE
#define HEZAR_PLUGIN_LICENSE ""
#endif
#ifndef HEZAR_PLUGIN_BUILD_TYPE
#define HEZAR_PLUGIN_BUILD_TYPE ""
#endif
#ifndef HEZAR_PLUGIN_HEZAR_VERSION
#define HEZAR_PLUGIN_HEZAR_VERSION 0, 0, 0
#endif

namespace hezar::detail {

/// One note as the ELF format wants it: sizes and type, owner padded to 4 bytes, content.
template <class Content>
struct alignas(4) ElfNote {
  std::uint32_t owner_size = sizeof(kPluginNoteOwner);
  std::uint32_t content_size = sizeof(Content);
  std::uint32_t type = 0;
  char owner[8] = {};
  Content content = {};
};

struct TorchVersion {
  char text[16] = {};
};

template <std::size_t Size>
constexpr void copy_text(char (&to)[Size], std::string_view from) {
  for (std::size_t i = 0; i + 1 < Size && i < from.size(); ++i) to[i] = from[i];
}

constexpr std::string_view built_for_sanitizers() {
#if defined(__SANITIZE_ADDRESS__)
  return "address";
#elif defined(__SANITIZE_THREAD__)
  return "thread";
#else
  return "";
#endif
}

/// The least standard level that has every instruction the compiler was allowed to use.
constexpr std::string_view built_for_cpu() {
#if defined(__x86_64__)
#if defined(__AVX512F__)
  return "x86-64-v4";
#elif defined(__AVX__) || defined(__FMA__) || defined(__BMI__) || defined(__BMI2__)
  return "x86-64-v3";
#elif defined(__SSE3__) || defined(__POPCNT__)
  return "x86-64-v2";
#else
  return "x86-64";
#endif
#elif defined(__ARM_FEATURE_SVE)
  return "aarch64+sve";
#else
  return "aarch64";
#endif
}

constexpr PluginDescriptor make_descriptor(std::string_view name) {
  PluginDescriptor out;
  constexpr std::uint16_t kVersion[] = {HEZAR_PLUGIN_HEZAR_VERSION};
  for (std::size_t i = 0; i < 3; ++i) out.hezar_version[i] = kVersion[i];
#if defined(__GLIBCXX__)
  copy_text(out.cxx_runtime, "libstdc++");
  out.cxx11_abi = _GLIBCXX_USE_CXX11_ABI;
  out.cxx_runtime_release = _GLIBCXX_RELEASE;
#else
  copy_text(out.cxx_runtime, "libc++");
#endif
#if defined(_GLIBCXX_DEBUG)
  out.cxx_debug = 1;
#endif
  out.boost_version = BOOST_VERSION / 100;
#if defined(HEZAR_TORCH_VERSION)
  copy_text(out.torch_version, HEZAR_TORCH_VERSION);
#elif defined(HEZAR_PLUGIN_NEEDS_TORCH)
#error \
    "hezar_add_plugin(... NEEDS torch): the target hezar::torch does not say its LibTorch version"
#endif
  copy_text(out.sanitizers, built_for_sanitizers());
  copy_text(out.cpu_level, built_for_cpu());
  copy_text(out.name, name);
  copy_text(out.version, HEZAR_PLUGIN_VERSION);
  copy_text(out.license, HEZAR_PLUGIN_LICENSE);
  copy_text(out.compiler, __VERSION__);
  copy_text(out.build_type, HEZAR_PLUGIN_BUILD_TYPE);
  return out;
}

constexpr ElfNote<PluginDescriptor> make_plugin_note(std::string_view name) {
  ElfNote<PluginDescriptor> note;
  note.type = kPluginNoteType;
  copy_text(note.owner, kPluginNoteOwner);
  note.content = make_descriptor(name);
  return note;
}

constexpr ElfNote<TorchVersion> make_torch_note(std::string_view version) {
  ElfNote<TorchVersion> note;
  note.type = kTorchNoteType;
  copy_text(note.owner, kPluginNoteOwner);
  copy_text(note.content.text, version);
  return note;
}

}  // namespace hezar::detail

#define HEZAR_DETAIL_NOTE __attribute__((section(".note.hezar"), used, aligned(4)))

/// Marks this library as the plugin that hezar_add_plugin() was given the name of.
#define HEZAR_PLUGIN_NOTE()                                                              \
  HEZAR_DETAIL_NOTE static constexpr ::hezar::detail::ElfNote<::hezar::PluginDescriptor> \
      hezar_plugin_note = ::hezar::detail::make_plugin_note(HEZAR_PLUGIN_NAME)

/// For one source file of libhezar-torch.so: which LibTorch plugins get from this host ("2.13").
#define HEZAR_TORCH_NOTE(version)                                                            \
  HEZAR_DETAIL_NOTE static constexpr ::hezar::detail::ElfNote<::hezar::detail::TorchVersion> \
      hezar_torch_note = ::hezar::detail::make_torch_note(version)
