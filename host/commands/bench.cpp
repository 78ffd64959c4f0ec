#include <commands/bench.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <cli/usage_error.hpp>
#include <commands/bench_peak.hpp>
#include <terminal/table.hpp>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/module/tokenizer.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

using Clock = std::chrono::steady_clock;

// Its tokens, again and again, fill a text of any length.
constexpr std::string_view kSample =
    "کتاب خوبی بود و آن را پیشنهاد می‌کنم. This one was good, too.";

// Before the first measured run: models may prepare themselves for work to come.
constexpr std::int64_t kWarmUpTokens = 512;

struct Workload {
  std::string precision;
  std::int64_t batch_size = 0;
  std::int64_t length = 0;  ///< tokens of each input
};

struct Measured {
  Workload workload;
  double seconds = 0;           ///< of one batch, the median
  double gigaflops = 0;         ///< of the linear layers a second
  std::optional<double> share;  ///< of what the machine can do, where that is known

  [[nodiscard]] double inputs_a_second() const {
    return static_cast<double>(workload.batch_size) / seconds;
  }
  [[nodiscard]] double tokens_a_second() const {
    return inputs_a_second() * static_cast<double>(workload.length);
  }
};

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> out;
  while (true) {
    const std::size_t comma = list.find(',');
    out.emplace_back(list.substr(0, comma));
    if (comma == std::string_view::npos) return out;
    list.remove_prefix(comma + 1);
  }
}

std::vector<std::int64_t> numbers(std::string_view option, std::string_view list) {
  std::vector<std::int64_t> out;
  for (const std::string& word : split(list)) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    const bool is_count = error == std::errc() && end == word.data() + word.size();
    if (!is_count || value < 1 || value > 100'000) {
      throw usage_error(text::concat("bench: ", option),
                        "whole numbers from 1 to 100000 with commas between them",
                        text::concat("\"", list, "\""));
    }
    out.push_back(value);
  }
  return out;
}

std::vector<std::string> precisions(std::string_view list) {
  std::vector<std::string> out = split(list);
  for (const std::string& name : out) {
    if (name == "fp32" || name == "bf16" || name == "int8") continue;
    throw usage_error("bench: --precision", "fp32, bf16 or int8, with commas between them",
                      text::concat("\"", list, "\""));
  }
  return out;
}

Inputs make_inputs(const Model& model, const std::string& path, const Workload& workload) {
  const Tokenizer* tokenizer = model.preprocessors().tokenizer();
  if (tokenizer == nullptr) {
    throw expected_error(ErrorCode::kNotImplemented, path, "a model of texts, with a tokenizer",
                         "none");
  }
  const Encoding sample = tokenizer->encode(Strings{std::string(kSample)}).front();
  Integers row;
  while (static_cast<std::int64_t>(row.size()) < workload.length)
    row.push_back(sample.ids[row.size() % sample.ids.size()]);
  return {{"token_ids", std::vector<Integers>(static_cast<std::size_t>(workload.batch_size), row)}};
}

/// Multiplications and additions of the linear layers for one token: twice their weights.
double count_flops_a_token(const Model& model) {
  double weights = 0;
  for (const auto& [name, tensor] : model.state_dict()) {
    const bool is_table = name.find("embeddings.") != std::string::npos;
    if (tensor.shape().size() == 2 && !is_table) weights += static_cast<double>(tensor.numel());
  }
  return 2 * weights;
}

Measured measure(const Model& model, const std::string& path, const Workload& workload,
                 double flops_a_token, std::int64_t runs, const std::stop_token& stop) {
  const Inputs inputs = make_inputs(model, path, workload);
  PredictOptions options;
  options.stop = stop;
  std::vector<double> seconds;
  const std::int64_t warm_ups = 1 + kWarmUpTokens / (workload.batch_size * workload.length);
  for (std::int64_t run = 0; run < warm_ups + runs; ++run) {
    if (stop.stop_requested()) throw Error(ErrorCode::kCancelled, "bench: stopped on request");
    const auto begin = Clock::now();
    static_cast<void>(model.generate(inputs, options));
    const std::chrono::duration<double> took = Clock::now() - begin;
    if (run >= warm_ups) seconds.push_back(took.count());
  }
  std::nth_element(seconds.begin(), seconds.begin() + static_cast<std::ptrdiff_t>(runs / 2),
                   seconds.end());
  Measured out;
  out.workload = workload;
  out.seconds = seconds[static_cast<std::size_t>(runs / 2)];
  out.gigaflops = flops_a_token * out.tokens_a_second() * 1e-9;
  return out;
}

std::string shown(double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof(text), "%.*f", digits, value);
  return text;
}

std::string to_table(const std::vector<Measured>& all, Style style) {
  Table table({"precision", "batch", "tokens", "ms", "inputs/s", "tokens/s", "GFLOP/s", "of peak"},
              style, Table::Fit::kWrap);
  for (const Measured& one : all) {
    table.add({one.workload.precision, std::to_string(one.workload.batch_size),
               std::to_string(one.workload.length), shown(one.seconds * 1e3, 2),
               shown(one.inputs_a_second(), 1), shown(one.tokens_a_second(), 0),
               shown(one.gigaflops, 0),
               one.share ? shown(100 * *one.share, 0) + " %" : std::string("-")});
  }
  return table.take();
}

boost::json::array to_json_list(const std::vector<Measured>& all) {
  boost::json::array out;
  for (const Measured& one : all) {
    out.push_back({{"precision", one.workload.precision},
                   {"batch_size", one.workload.batch_size},
                   {"tokens", one.workload.length},
                   {"seconds", one.seconds},
                   {"inputs_per_second", one.inputs_a_second()},
                   {"tokens_per_second", one.tokens_a_second()},
                   {"gigaflops", one.gigaflops},
                   {"share_of_peak", one.share ? boost::json::value(*one.share) : nullptr}});
  }
  return out;
}

}  // namespace

Description BenchCommand::describe() const {
  return {"bench",
          "Measure how fast a model is on this machine",
          {{"PATH|REPO", "A model's folder, or owner/name on the Hub", true}},
          "hezar bench demo/sentiment\n"
          "hezar bench demo/sentiment --precision int8 --batch-size 1,8,64 --length 32 --json"};
}

void BenchCommand::declare_options(CLI::App& app) {
  add_text(app, "--precision", precisions_, "LIST", "Of the arithmetic (default: fp32,bf16,int8)");
  add_text(app, "--batch-size", batch_sizes_, "LIST", "Inputs at once (default: 1,32)");
  add_text(app, "--length", lengths_, "LIST", "Tokens of each input (default: 16,128)");
  add_count(app, "--runs", runs_, 100'000, "Runs to take the median of (default: 5)");
  add_text(app, "--device", device_, "DEVICE", "cpu, cuda or cuda:1 (default: cpu)");
  add_flag(app, "--json", json_, "One JSON document");
}

int BenchCommand::run(Session& session) {
  const std::vector<std::int64_t> batch_sizes = numbers("--batch-size", batch_sizes_);
  const std::vector<std::int64_t> lengths = numbers("--length", lengths_);
  const std::string& path = session.positionals[0];
  const std::stop_token stop = session.stop();
  std::vector<Measured> all;
  for (const std::string& precision : precisions(precisions_)) {
    ModelArguments arguments;
    arguments.device = device_;
    arguments.precision = precision;
    const LoadedModel loaded = arguments.load(session, path, "bench");
    const double flops = count_flops_a_token(*loaded.model);
    std::optional<double> peak;
    // Where the device is another, its peak is not measured.
    if (device_.empty() || device_ == "cpu")
      peak = measure_peak(precision, session.runtime().threads());
    for (const std::int64_t batch_size : batch_sizes) {
      for (const std::int64_t length : lengths) {
        all.push_back(
            measure(*loaded.model, path, {precision, batch_size, length}, flops, runs_, stop));
        if (peak) all.back().share = all.back().gigaflops / *peak;
      }
    }
  }
  session.out.write(json_ ? json::write(to_json_list(all), 2) + "\n"
                          : to_table(all, session.style()));
  return 0;
}

}  // namespace hezar::host
