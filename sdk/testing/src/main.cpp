// hezar-plugin-check [OPTIONS] FILE: the conformance suite; `hezar plugin check` runs it.

#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

#include <hezar/error/error.hpp>
#include <hezar/testing/conformance.hpp>
#include <hezar/text/concat.hpp>

#include <child.hpp>
#include <report.hpp>

namespace hezar::testing {

namespace {

constexpr char kUsage[] =
    "usage: hezar-plugin-check [--golden DIR] [--only ID]... [--skip ID]... [--only-failed]\n"
    "                          [--json] [--plugin-dir DIR]... [--timeout SECONDS] [--in-process] "
    "FILE\n"
    "       hezar-plugin-check --list [--json]\n";

struct Arguments {
  CheckOptions options;
  bool help = false;
  bool list = false;
  bool json = false;
  bool only_failed = false;
};

/// What is wrong with a command line.
struct UsageFault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::chrono::milliseconds seconds(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool valid = ec == std::errc() && end == text.data() + text.size();
  if (!valid || value < 1 || value > 3600) {
    throw UsageFault{text::concat("--timeout: expected 1 to 3600 seconds, got \"", text, "\"")};
  }
  return std::chrono::seconds(value);
}

bool read_flag(std::string_view argument, Arguments& out) {
  bool* flag = argument == "--json"          ? &out.json
               : argument == "--list"        ? &out.list
               : argument == "--only-failed" ? &out.only_failed
               : argument == "--in-process"  ? &out.options.in_process
               : argument == "--help"        ? &out.help
                                             : nullptr;
  if (flag != nullptr) *flag = true;
  return flag != nullptr;
}

bool read_option(std::string_view argument, const std::string& value, Arguments& out) {
  CheckOptions& options = out.options;
  if (argument == "--golden") options.golden = value;
  if (argument == "--only") options.only.push_back(value);
  if (argument == "--skip") options.skip.push_back(value);
  if (argument == "--plugin-dir") options.plugin_dirs.emplace_back(value);
  if (argument == "--timeout") options.timeout = seconds(value);
  return argument == "--golden" || argument == "--only" || argument == "--skip" ||
         argument == "--plugin-dir" || argument == "--timeout";
}

Arguments read_arguments(std::span<char* const> given) {
  Arguments out;
  bool options_end = false;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string_view argument = given[i];
    if (options_end || !argument.starts_with("--")) {
      if (!out.options.file.empty()) throw UsageFault{"expected one FILE, got several"};
      out.options.file = argument;
    } else if (argument == "--") {
      options_end = true;
    } else if (!read_flag(argument, out)) {
      const std::string value = i + 1 < given.size() ? given[i + 1] : "";
      if (!read_option(argument, value, out)) {
        throw UsageFault{text::concat("unknown option ", argument)};
      }
      if (value.empty()) throw UsageFault{text::concat(argument, ": expected a value, got none")};
      ++i;
    }
  }
  if (out.options.file.empty() && !out.help && !out.list) throw UsageFault{"expected a FILE"};
  return out;
}

int check(const Arguments& arguments) {
  Report report(arguments.json, arguments.only_failed);
  const auto results =
      run_checks(arguments.options, [&](const CheckResult& result) { report.add(result); });
  report.end(arguments.options.file, results);
  return passed(results) ? 0 : 1;
}

int run(std::span<char* const> given) {
  try {
    const Arguments arguments = read_arguments(given);
    if (arguments.help) {
      std::fputs(kUsage, stdout);
      return 0;
    }
    if (arguments.list) {
      print_checks(arguments.json);
      return 0;
    }
    return check(arguments);
  } catch (const UsageFault& fault) {
    std::fprintf(stderr, "hezar-plugin-check: %s\n%s", fault.what(), kUsage);
    return 2;
  } catch (const Error& e) {
    std::fprintf(stderr, "hezar-plugin-check: %s\n", e.what());
    return e.code() == ErrorCode::kValue || e.code() == ErrorCode::kIo ? 2 : 1;
  }
}

}  // namespace

}  // namespace hezar::testing

int main(int argc, char** argv) {
  const std::span<char* const> given(argv + 1, argc > 0 ? static_cast<std::size_t>(argc - 1) : 0);
  if (given.size() == 2 && std::string_view(given[0]) == hezar::testing::kChildArgument) {
    hezar::testing::run_as_child(given.subspan(1));
  }
  const int code = hezar::testing::run(given);
  std::fflush(nullptr);
  // Checked in this process, a plugin may have left anything behind that ends badly at exit.
  std::_Exit(code);
}
