#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include <hezar/plugin/descriptor.hpp>
#include <hezar/plugin/host.hpp>

namespace hezar::plugin {

/// What plugins of this process must fit.
struct HostAbi {
  std::array<std::uint16_t, 3> hezar_version = {};
  std::string cxx_runtime;
  std::uint32_t cxx11_abi = 0;
  std::uint32_t cxx_debug = 0;
  std::uint32_t cxx_runtime_release = 0;
  std::uint32_t boost_version = 0;
  std::string sanitizers;
  std::string cpu_level;                ///< the highest that this CPU runs
  std::filesystem::path torch_library;  ///< libhezar-torch.so; empty: this hezar has none
  std::string torch_version;
  std::filesystem::path library;  ///< libhezar.so itself
  std::string library_id;         ///< its build id, or else size and time
};

/// Of the running process; read once.
[[nodiscard]] const HostAbi& this_host();

struct Incompatibility {
  PluginStatus status = PluginStatus::kIncompatible;
  std::string reason;  ///< after `<file>: `
};

/// Whether a plugin may be opened in a host, from its descriptor alone; the first rule it breaks.
[[nodiscard]] std::optional<Incompatibility> check_compatibility(const PluginDescriptor& plugin,
                                                                 const HostAbi& host);

}  // namespace hezar::plugin
