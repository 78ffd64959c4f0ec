#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include <cli/command.hpp>
#include <cli/session.hpp>

namespace hezar::host {

/// The verbs of `hezar`, and the way from a command line to one of them.
class Program {
 public:
  explicit Program(std::vector<std::unique_ptr<Command>> verbs);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// @param arguments  without the program's name.
  /// @return the exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
  [[nodiscard]] int run(const std::vector<std::string>& arguments);

  [[nodiscard]] const CLI::App& app() const { return app_; }
  [[nodiscard]] Description describe(const CLI::App& app) const;

 private:
  void add(CLI::App& parent, std::unique_ptr<Command> command);
  int dispatch(Session& session, const std::vector<std::string>& arguments);

  CLI::App app_;
  GlobalOptions globals_;
  std::map<const CLI::App*, Command*> commands_;
  std::vector<std::unique_ptr<Command>> owned_;
};

}  // namespace hezar::host
