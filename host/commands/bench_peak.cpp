#include <commands/bench_peak.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace hezar::host {

namespace {

using Loop = void (*)(std::int64_t steps);

/// A loop whose every step does `operations`.
struct Peak {
  Loop loop = nullptr;
  double operations = 0;
};

#if defined(__x86_64__)

// Sums that do not wait for each other; as many as hide the latency of any of the instructions.
constexpr int kSums = 12;

// The empty instructions keep the compiler from seeing that all sums are one, and from leaving them
// out.

__attribute__((target("avx2,fma"))) void multiply_avx2(std::int64_t steps) {
  __m256 x = _mm256_set1_ps(0.5F);
  __m256 sums[kSums] = {};
  for (__m256& sum : sums) __asm__("" : "+x"(sum));
  for (std::int64_t step = 0; step < steps; ++step) {
    __asm__("" : "+x"(x));
    for (__m256& sum : sums) sum = _mm256_fmadd_ps(sum, x, x);
  }
  for (__m256& sum : sums) __asm__ volatile("" : : "x"(sum));
}

__attribute__((target("avx512f"))) void multiply_avx512(std::int64_t steps) {
  __m512 x = _mm512_set1_ps(0.5F);
  __m512 sums[kSums] = {};
  for (__m512& sum : sums) __asm__("" : "+v"(sum));
  for (std::int64_t step = 0; step < steps; ++step) {
    __asm__("" : "+v"(x));
    for (__m512& sum : sums) sum = _mm512_fmadd_ps(sum, x, x);
  }
  for (__m512& sum : sums) __asm__ volatile("" : : "v"(sum));
}

__attribute__((target("avx512f,avx512bf16"))) void multiply_bf16(std::int64_t steps) {
  __m512 x = _mm512_set1_ps(0.5F);
  __m512 sums[kSums] = {};
  for (__m512& sum : sums) __asm__("" : "+v"(sum));
  for (std::int64_t step = 0; step < steps; ++step) {
    __asm__("" : "+v"(x));
    const auto pairs = reinterpret_cast<__m512bh>(x);
    for (__m512& sum : sums) sum = _mm512_dpbf16_ps(sum, pairs, pairs);
  }
  for (__m512& sum : sums) __asm__ volatile("" : : "v"(sum));
}

__attribute__((target("avx512f,avx512vnni"))) void multiply_int8(std::int64_t steps) {
  __m512i x = _mm512_set1_epi32(0x01010101);
  __m512i sums[kSums] = {};
  for (__m512i& sum : sums) __asm__("" : "+v"(sum));
  for (std::int64_t step = 0; step < steps; ++step) {
    __asm__("" : "+v"(x));
    for (__m512i& sum : sums) sum = _mm512_dpbusd_epi32(sum, x, x);
  }
  for (__m512i& sum : sums) __asm__ volatile("" : : "v"(sum));
}

Peak find_peak(std::string_view precision) {
  if (precision == "bf16" && __builtin_cpu_supports("avx512bf16"))
    return {multiply_bf16, 2.0 * 32 * kSums};
  if (precision == "int8" && __builtin_cpu_supports("avx512vnni"))
    return {multiply_int8, 2.0 * 64 * kSums};
  if (precision != "fp32") return {};
  if (__builtin_cpu_supports("avx512f")) return {multiply_avx512, 2.0 * 16 * kSums};
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    return {multiply_avx2, 2.0 * 8 * kSums};
  return {};
}

#else

Peak find_peak(std::string_view /*precision*/) {
  return {};
}

#endif

double seconds_of(Loop loop, std::int64_t steps, int threads) {
  const auto begin = std::chrono::steady_clock::now();
  {
    std::vector<std::jthread> others;
    for (int i = 1; i < threads; ++i) others.emplace_back(loop, steps);
    loop(steps);
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  return took.count();
}

}  // namespace

std::optional<double> measure_peak(std::string_view precision, int threads) {
  constexpr std::int64_t kSteps = 1'000'000;  // some milliseconds
  constexpr int kRuns = 5;
  const Peak peak = find_peak(precision);
  if (peak.loop == nullptr) return std::nullopt;
  double best = 0;
  for (int run = 0; run < kRuns; ++run) {
    const double seconds = seconds_of(peak.loop, kSteps, threads);
    best = std::max(best, peak.operations * kSteps * threads / seconds * 1e-9);
  }
  return best;
}

}  // namespace hezar::host
