#include <fast/cpu.hpp>

#include <cstdlib>
#include <string_view>

namespace hezar::torch::fast {

namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

[[maybe_unused]] bool is_held_back() {
  const std::string_view aten = environment("ATEN_CPU_CAPABILITY");
  const std::string_view onednn = environment("ONEDNN_MAX_CPU_ISA");
  const bool aten_is_less = !aten.empty() && !aten.starts_with("avx512");
  const bool onednn_is_less = !onednn.empty() && !onednn.starts_with("AVX512") &&
                              !onednn.starts_with("AVX10") && onednn != "ALL" &&
                              onednn != "DEFAULT";
  return aten_is_less || onednn_is_less;
}

struct Supported {
  bool float32 = false;
  bool bfloat16 = false;
  bool int8 = false;
};

Supported find_supported() {
  Supported out;
#if defined(__x86_64__)
  __builtin_cpu_init();
  out.float32 = !is_held_back() && __builtin_cpu_supports("avx512f") &&
                __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                __builtin_cpu_supports("avx512vl");
  out.bfloat16 = out.float32 && __builtin_cpu_supports("avx512bf16");
  out.int8 = out.float32 && __builtin_cpu_supports("avx512vnni");
#endif
  return out;
}

}  // namespace

bool supports(Format format) {
  static const Supported supported = find_supported();
  switch (format) {
    case Format::kFloat32:
      return supported.float32;
    case Format::kBFloat16:
      return supported.bfloat16;
    case Format::kInt8:
      return supported.int8;
  }
  return false;
}

}  // namespace hezar::torch::fast
