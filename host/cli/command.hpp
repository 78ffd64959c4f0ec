#pragma once

#include <limits>
#include <memory>
#include <string_view>
#include <vector>

#include <cli/cli11.hpp>

namespace hezar::host {

class Session;

/// An argument that is no option.
struct Positional {
  std::string_view name;
  std::string_view doc;
  bool required = false;
  bool repeated = false;
  std::string_view choices = {};  ///< "a|b|c"; empty: any
};

/// What help, completion and the reader of arguments know of a verb.
struct Description {
  std::string_view name;
  std::string_view summary;  ///< one line
  std::vector<Positional> positionals;
  std::string_view example;  ///< one command a line
};

/// A verb: `list`, `plugin list`; or a Group of them.
class Command {
 public:
  Command() = default;
  virtual ~Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;

  [[nodiscard]] virtual Description describe() const = 0;
  /// Adds the verb's options, bound to members of this object.
  virtual void declare_options(CLI::App& app) = 0;
  /// The verbs of a group; empty for a verb.
  [[nodiscard]] virtual std::vector<std::unique_ptr<Command>> verbs() { return {}; }
  /// @return the exit code.
  /// @throws Error, UsageError.
  virtual int run(Session& session) = 0;
};

/// Verbs under one name: `plugin`. It is never run, for the program asks for one of its verbs.
class Group : public Command {
 public:
  void declare_options(CLI::App& /*app*/) override {}
  int run(Session& /*session*/) override { return 2; }
};

}  // namespace hezar::host
