#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/module/model.hpp>
#include <hezar/registry/runtime.hpp>

/// Times a text model for bench_encoders.py, in this process only:
///
///     encoders_bench MODEL PLUGIN_DIR PRECISION THREADS SECONDS WORKLOADS.json
///
/// WORKLOADS maps names to lists of batches, a batch to the tokens of each text. Prints {name:
/// seconds}, the median of the runs that fit into SECONDS, at least one, after a batch to warm up.
namespace {

using hezar::Inputs;
using hezar::Integers;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t kFirstId = 5;  // behind the special tokens
constexpr std::int64_t kIds = 41'000;

std::vector<Inputs> make_batches(const boost::json::array& lengths) {
  std::mt19937 random(0);
  std::vector<Inputs> out;
  for (const boost::json::value& batch : lengths) {
    std::vector<Integers> rows;
    for (const boost::json::value& length : batch.as_array()) {
      Integers row(length.to_number<std::size_t>());
      for (std::int64_t& id : row) id = kFirstId + static_cast<std::int64_t>(random() % kIds);
      rows.push_back(std::move(row));
    }
    out.push_back(Inputs{{"token_ids", std::move(rows)}});
  }
  return out;
}

double median_seconds(const hezar::Model& model, const std::vector<Inputs>& batches,
                      double seconds) {
  const auto run = [&](const Inputs& batch) { static_cast<void>(model.generate(batch, {})); };
  for (int i = 0; i < 2; ++i) run(batches.front());
  std::vector<double> times;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  while (times.empty() || Clock::now() < end) {
    const auto begin = Clock::now();
    for (const Inputs& batch : batches) run(batch);
    const std::chrono::duration<double> took = Clock::now() - begin;
    times.push_back(took.count());
  }
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2),
                   times.end());
  return times[times.size() / 2];
}

int run(char** argv) {
  hezar::RuntimeOptions runtime_options;
  runtime_options.plugin_dirs = {argv[2]};
  runtime_options.threads = std::atoi(argv[4]);
  hezar::Runtime runtime(runtime_options);
  hezar::LoadOptions options;
  options.runtime = &runtime;
  options.precision = hezar::parse_precision(argv[3]);
  const auto model = hezar::Model::load(argv[1], options);
  const boost::json::value workloads = boost::json::parse(hezar::io::read_file(argv[6]));
  boost::json::object out;
  for (const auto& [name, lengths] : workloads.as_object())
    out[name] = median_seconds(*model, make_batches(lengths.as_array()), std::atof(argv[5]));
  std::cout << out << "\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 7) {
    std::cerr
        << "usage: encoders_bench MODEL PLUGIN_DIR PRECISION THREADS SECONDS WORKLOADS.json\n";
    return 2;
  }
  try {
    return run(argv);
  } catch (const std::exception& error) {
    std::cerr << "encoders_bench: " << error.what() << "\n";
    return 1;
  }
}
