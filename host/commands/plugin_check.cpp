#include <commands/plugin_check.hpp>

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <cli/usage_error.hpp>

#include <hezar/error/error.hpp>
#include <hezar/plugin/scan.hpp>

namespace hezar::host {

namespace {

/// Becomes another program; returns where it cannot.
void become(const std::string& program, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), program);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  ::execv(program.c_str(), pointers.data());
}

}  // namespace

Description PluginCheckCommand::describe() const {
  return {"check",
          "Try a plugin as hosts, users and careless callers will",
          {{"FILE", "A plugin's file", false}},
          "hezar plugin check ./my_model.so --golden golden\n"
          "hezar plugin check ./my_model.so --only 'metric.*' --json"};
}

void PluginCheckCommand::declare_options(CLI::App& app) {
  add_text(app, "--golden", golden_, "DIR", "Also compare results with the files of DIR");
  add_texts(app, "--only", only_, "ID", "This check alone; * stands for any text");
  add_texts(app, "--skip", skip_, "ID", "Not this check");
  add_count(app, "--timeout", timeout_, 3600, "Seconds for one check");
  add_flag(app, "--only-failed", only_failed_, "Show what failed or crashed alone");
  add_flag(app, "--list", list_, "List the checks");
  add_flag(app, "--in-process", in_process_, "No child processes: for a debugger");
  add_flag(app, "--json", json_, "One JSON document");
}

std::vector<std::string> PluginCheckCommand::arguments(const Session& session) const {
  std::vector<std::string> out;
  const auto add = [&](const char* name, const std::string& value) {
    out.insert(out.end(), {name, value});
  };
  if (!golden_.empty()) add("--golden", golden_);
  for (const std::string& id : only_) add("--only", id);
  for (const std::string& id : skip_) add("--skip", id);
  for (const std::string& folder : session.globals.plugin_dirs) add("--plugin-dir", folder);
  if (timeout_ > 0) add("--timeout", std::to_string(timeout_));
  if (only_failed_) out.emplace_back("--only-failed");
  if (list_) out.emplace_back("--list");
  if (in_process_) out.emplace_back("--in-process");
  if (json_) out.emplace_back("--json");
  out.emplace_back("--");
  out.insert(out.end(), session.positionals.begin(), session.positionals.end());
  return out;
}

int PluginCheckCommand::run(Session& session) {
  if (session.positionals.empty() && !list_) {
    throw usage_error("plugin check", "a FILE", "nothing", "See hezar plugin check --help");
  }
  session.out.flush();
  // The suite is a program of its own, for libhezar and this command know nothing of it.
  const std::string program = plugin_program("hezar-plugin-check").string();
  become(program, arguments(session));
  throw expected_error(ErrorCode::kDependency, program, "a program", std::strerror(errno),
                       "Install hezar with its SDK");
}

}  // namespace hezar::host
