#include <run_check.hpp>

#include <algorithm>
#include <chrono>
#include <exception>

#include <hezar/text/concat.hpp>

#include <subject.hpp>

namespace hezar::testing {

namespace {

struct Outcome {
  std::string_view status;
  std::string message;
};

template <class Run>
Outcome outcome_of(Run run) {
  try {
    Fault fault = run();
    return {to_string(fault.empty() ? CheckStatus::kSuccess : CheckStatus::kFailed), fault};
  } catch (const Skipped& e) {
    return {to_string(CheckStatus::kSkipped), e.reason};
  } catch (const Warned& e) {
    return {to_string(CheckStatus::kWarning), e.message};
  } catch (const NotApplicable&) {
    return {kNothing, {}};
  } catch (const Error& e) {
    return {to_string(CheckStatus::kFailed), e.what()};
  } catch (const std::exception& e) {
    return {to_string(CheckStatus::kFailed), text::concat("throws a std::exception (", e.what(),
                                                          ") where callers expect hezar::Error")};
  } catch (...) {
    return {to_string(CheckStatus::kFailed), "throws something that is no std::exception"};
  }
}

template <class Run>
void tell_outcome(const std::string& subject, const Tell& tell, Run run) {
  using Clock = std::chrono::steady_clock;
  tell({{"start", subject}});
  const Clock::time_point start = Clock::now();
  const Outcome outcome = outcome_of(run);
  const std::chrono::duration<double> took = Clock::now() - start;
  tell({{"subject", subject},
        {"status", outcome.status},
        {"message", outcome.message},
        {"seconds", took.count()}});
}

bool wants(const CheckRequest& request, const std::string& subject) {
  return std::find(request.subjects.begin(), request.subjects.end(), subject) !=
         request.subjects.end();
}

void run_modules(const Check& check, const CheckRequest& request, const Tell& tell) {
  OpenPlugin plugin(request.options, request.scratch);
  for (const Registrar::Registration& registration : plugin.registrations()) {
    const std::string name = label(registration.info);
    if (!wants(request, name)) continue;
    ModuleSubject subject(plugin, registration);
    tell_outcome(name, tell, [&] { return check.of_module(subject); });
  }
}

void run_golden(const Check& check, const CheckRequest& request, const Tell& tell) {
  OpenPlugin plugin(request.options, request.scratch);
  for (const GoldenFile& file : plugin.golden()) {
    const std::string name = file.file.filename().string();
    if (!wants(request, name)) continue;
    GoldenSubject subject(plugin, file);
    tell_outcome(name, tell, [&] { return check.of_golden(subject); });
  }
}

}  // namespace

void run_check(const CheckRequest& request, const Tell& tell) {
  if (request.check == kListModules) {
    OpenPlugin plugin(request.options, request.scratch);
    for (const Registrar::Registration& one : plugin.registrations()) {
      tell({{"module", label(one.info)}, {"kind", to_string(one.info.kind)}});
    }
    return;
  }
  const Check& check = *find_check(request.check);
  if (check.of_file != nullptr) {
    const FileSubject subject(request.options.file);
    tell_outcome("", tell, [&] { return check.of_file(subject); });
  } else if (check.of_module != nullptr) {
    run_modules(check, request, tell);
  } else {
    run_golden(check, request, tell);
  }
}

}  // namespace hezar::testing
