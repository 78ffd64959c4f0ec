#include <cli/arguments.hpp>

#include <cctype>
#include <map>

#include <CLI/CLI.hpp>

#include <cli/options.hpp>
#include <cli/usage_error.hpp>

#include <hezar/text/concat.hpp>
#include <hezar/text/nearest.hpp>

namespace hezar::host {

namespace {

bool looks_like_option(const std::string& argument) {
  if (argument.size() < 2 || argument[0] != '-') return false;
  return std::isdigit(static_cast<unsigned char>(argument[1])) == 0;  // -5 is a number
}

std::string see_help(const CLI::App& app) {
  const std::string path = verb_path(app);
  return text::concat("See ", path == "hezar" ? "" : "hezar ", path, " --help");
}

std::string hint(std::string_view name, const std::vector<std::string>& known,
                 const CLI::App& app) {
  const std::vector<std::string> nearest = text::nearest_names(name, known);
  if (nearest.empty()) return see_help(app);
  return text::concat("Nearest: ", text::join(nearest, ", "), ". ", see_help(app));
}

CLI::App* find_verb(CLI::App& app, const std::string& name) {
  std::vector<std::string> names;
  for (CLI::App* verb : app.get_subcommands({})) {
    if (verb->get_name() == name) return verb;
    names.push_back(verb->get_name());
  }
  std::string advice = hint(name, names, app);
  if (text::nearest_names(name, names).empty()) {
    advice = text::concat("Verbs: ", text::join(names, ", "), ". ", advice);
  }
  throw usage_error(verb_path(app), "a verb", text::concat("\"", name, "\""), advice);
}

class Splitter {
 public:
  explicit Splitter(CLI::App& root) : root_(root) { out_.verb = &root; }

  Arguments split(const std::vector<std::string>& arguments) {
    bool only_positionals = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const std::string& argument = arguments[i];
      if (only_positionals || !looks_like_option(argument)) {
        take_positional(argument);
      } else if (argument == "--") {
        only_positionals = true;
      } else {
        i += take_option(arguments, i);
      }
    }
    collect(&root_);
    return std::move(out_);
  }

 private:
  void take_positional(const std::string& argument) {
    if (out_.verb->get_subcommands({}).empty()) {
      out_.positionals.push_back(argument);
      return;
    }
    CLI::App* verb = find_verb(*out_.verb, argument);
    chain_.push_back(verb);
    out_.verb = verb;
  }

  /// @return how many arguments after this one were its value.
  std::size_t take_option(const std::vector<std::string>& arguments, std::size_t at) {
    const std::string& argument = arguments[at];
    const std::size_t equals = argument.find('=');
    const std::string name = argument.substr(0, equals);
    if (take_question(name)) return 0;
    const CLI::Option* option = find_option(out_.verb, name);
    const std::string verb = verb_path(*out_.verb);
    if (option == nullptr) {
      throw usage_error(verb, "an option that it has", text::concat("\"", name, "\""),
                        hint(name, option_names(*out_.verb), *out_.verb) +
                            ". A text that begins with a dash goes after --");
    }
    const std::string object = text::concat(verb, ": ", name);
    std::vector<std::string>& words = options_[option_owner(name)];
    words.push_back(name);
    if (!takes_value(*option)) {
      if (equals != std::string::npos) throw usage_error(object, "no value", "one");
      return 0;
    }
    if (equals != std::string::npos) {
      words.push_back(argument.substr(equals + 1));
      return 0;
    }
    if (at + 1 == arguments.size()) throw usage_error(object, "a value", "nothing");
    words.push_back(arguments[at + 1]);
    return 1;
  }

  bool take_question(const std::string& name) {
    const bool help = name == "--help" || name == "-h";
    const bool version = name == "--version";
    out_.wants_help = out_.wants_help || help;
    out_.wants_version = out_.wants_version || version;
    return help || version;
  }

  [[nodiscard]] CLI::App* option_owner(const std::string& name) const {
    CLI::App* owner = out_.verb;
    while (owner->get_parent() != nullptr && owner->get_option_no_throw(name) == nullptr) {
      owner = owner->get_parent();
    }
    return owner;
  }

  /// Every verb followed by its own options, whatever the order was.
  void collect(CLI::App* app) {
    const auto own = options_.find(app);
    if (own != options_.end()) {
      out_.for_cli11.insert(out_.for_cli11.end(), own->second.begin(), own->second.end());
    }
    for (CLI::App* verb : chain_) {
      if (verb->get_parent() != app) continue;
      out_.for_cli11.push_back(verb->get_name());
      collect(verb);
    }
  }

  CLI::App& root_;
  Arguments out_;
  std::vector<CLI::App*> chain_;
  std::map<CLI::App*, std::vector<std::string>> options_;
};

}  // namespace

Arguments split_arguments(CLI::App& root, const std::vector<std::string>& arguments) {
  return Splitter(root).split(arguments);
}

std::string verb_path(const CLI::App& app) {
  if (app.get_parent() == nullptr) return "hezar";
  const CLI::App& parent = *app.get_parent();
  if (parent.get_parent() == nullptr) return app.get_name();
  return text::concat(verb_path(parent), " ", app.get_name());
}

}  // namespace hezar::host
