#pragma once

#include <cstddef>
#include <cstdint>

#include <hezar/api.hpp>

namespace hezar {

/// Grows with every change of a class that crosses library boundaries; a plugin runs only in hosts
/// of its epoch.
inline constexpr std::uint32_t kAbiEpoch = 3;

/// The name of the one symbol that a plugin exports: `extern "C" int NAME(hezar::Registrar*, char*
/// error, size_t size) noexcept`. It returns 0, or fills `error` with a NUL-terminated message.
#define HEZAR_PLUGIN_ENTRY hezar_plugin_register_v1
inline constexpr char kPluginEntry[] = "hezar_plugin_register_v1";

/// Owner name of hezar's ELF notes, and their types: a plugin's PluginDescriptor, and the LibTorch
/// that libhezar-torch.so was built with, as text ("2.13").
inline constexpr char kPluginNoteOwner[] = "Hezar";
inline constexpr std::uint32_t kPluginNoteType = 1;
inline constexpr std::uint32_t kTorchNoteType = 2;
/// The non-allocated section with the list of provided modules, added after linking: a JSON array
/// of ModuleInfo::to_json().
inline constexpr char kPluginModulesSection[] = ".hezar.modules";
/// Likewise, the names of the plugins without which this one is not used: a JSON array of strings.
inline constexpr char kPluginNeedsSection[] = ".hezar.needs";

/// What a plugin was built for, read from the file before any of its code runs. Texts are
/// NUL-padded and always end with a NUL.
struct PluginDescriptor {
  std::uint32_t size_bytes = sizeof(PluginDescriptor);
  std::uint32_t abi_epoch = kAbiEpoch;
  std::uint16_t hezar_version[4] = {};    ///< major, minor, patch, 0
  char cxx_runtime[16] = {};              ///< "libstdc++"
  std::uint32_t cxx11_abi = 0;            ///< _GLIBCXX_USE_CXX11_ABI
  std::uint32_t cxx_debug = 0;            ///< _GLIBCXX_DEBUG
  std::uint32_t cxx_runtime_release = 0;  ///< _GLIBCXX_RELEASE; the host's must not be older
  std::uint32_t boost_version = 0;        ///< BOOST_VERSION / 100
  char torch_version[16] = {};            ///< "2.13", empty when it does not use LibTorch
  char sanitizers[16] = {};               ///< "", "address", "thread"
  char cpu_level[16] = {};  ///< "x86-64", "x86-64-v3", "aarch64": the least CPU it runs on
  char name[64] = {};
  char version[32] = {};
  char license[32] = {};
  char compiler[64] = {};    ///< information only
  char build_type[16] = {};  ///< information only
  char reserved[128] = {};   ///< zero; for a signature
};

static_assert(offsetof(PluginDescriptor, abi_epoch) == 4,
              "the epoch is read first, whatever follows");
static_assert(sizeof(PluginDescriptor) % 4 == 0, "ELF notes are padded to 4 bytes");

}  // namespace hezar
