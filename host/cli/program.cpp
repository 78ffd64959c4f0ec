#include <cli/program.hpp>

#include <cstdio>
#include <exception>
#include <utility>

#include <cli/arguments.hpp>
#include <cli/help.hpp>
#include <cli/usage_error.hpp>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

/// A line on stderr, which begins with the program's name: once, where the error is its own.
void tell(std::string_view message) {
  constexpr std::string_view kPrefix = "hezar: ";
  if (message.starts_with(kPrefix)) message.remove_prefix(kPrefix.size());
  std::fprintf(stderr, "hezar: %.*s\n", static_cast<int>(message.size()), message.data());
}

void check_positionals(const CLI::App& app, const Description& description,
                       const std::vector<std::string>& given) {
  const std::vector<Positional>& known = description.positionals;
  for (std::size_t i = given.size(); i < known.size(); ++i) {
    if (!known[i].required) continue;
    throw usage_error(verb_path(app), known[i].name, "nothing",
                      text::concat("See hezar ", verb_path(app), " --help"));
  }
  const bool open_ended = !known.empty() && known.back().repeated;
  if (given.size() > known.size() && !open_ended) {
    throw usage_error(verb_path(app), "nothing more", text::concat("\"", given[known.size()], "\""),
                      text::concat("See hezar ", verb_path(app), " --help"));
  }
}

}  // namespace

Program::Program(std::vector<std::unique_ptr<Command>> verbs) {
  app_.name("hezar");
  app_.set_help_flag();  // help is ours: it also shows examples
  globals_.declare(app_);
  for (std::unique_ptr<Command>& verb : verbs) add(app_, std::move(verb));
}

Program::~Program() = default;

void Program::add(CLI::App& parent, std::unique_ptr<Command> command) {
  const Description description = command->describe();
  CLI::App& app =
      *parent.add_subcommand(std::string(description.name), std::string(description.summary));
  command->declare_options(app);
  commands_[&app] = command.get();
  std::vector<std::unique_ptr<Command>> verbs = command->verbs();
  owned_.push_back(std::move(command));
  for (std::unique_ptr<Command>& verb : verbs) add(app, std::move(verb));
}

Description Program::describe(const CLI::App& app) const {
  const auto found = commands_.find(&app);
  if (found != commands_.end()) return found->second->describe();
  return {"hezar",
          "hezar: models, tokenizers and datasets for Persian",
          {},
          "hezar list\n"
          "hezar predict demo/sentiment \"کتاب خیلی خوبی بود\""};
}

int Program::dispatch(Session& session, const std::vector<std::string>& arguments) {
  Arguments split = split_arguments(app_, arguments);
  if (split.wants_version) {
    session.out.write("hezar " HEZAR_VERSION "\n");
    return kDone;
  }
  if (split.wants_help) {
    session.out.write(help_text(*this, *split.verb));
    return kDone;
  }
  if (!split.verb->get_subcommands({}).empty()) {
    throw usage_error(verb_path(*split.verb), "a verb", "nothing",
                      "\n\n" + help_text(*this, *split.verb));
  }
  check_positionals(*split.verb, describe(*split.verb), split.positionals);
  app_.parse(std::vector<std::string>(split.for_cli11.rbegin(), split.for_cli11.rend()));
  globals_.apply();
  session.globals = globals_;
  session.positionals = std::move(split.positionals);
  return commands_.at(split.verb)->run(session);
}

int Program::run(const std::vector<std::string>& arguments) {
  Session session(*this);
  try {
    const int code = dispatch(session, arguments);
    session.out.flush();
    return code;
  } catch (const ReaderClosed&) {
    return kDone;
  } catch (const UsageError& error) {
    tell(error.what());
    return kWrongUsage;
  } catch (const CLI::ParseError& error) {
    tell(error.what());
    return kWrongUsage;
  } catch (const std::exception& error) {
    if (session.interrupted() != 0) return session.interrupted();
    tell(error.what());
  }
  try {
    session.out.flush();  // what was done before the error is not lost
  } catch (...) {
    return kFailed;
  }
  return kFailed;
}

}  // namespace hezar::host
