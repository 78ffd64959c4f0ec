#include <commands/config.hpp>

#include <cstdio>
#include <string>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <commands/config_check.hpp>

#include <hezar/config/json.hpp>
#include <hezar/config/yaml.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

constexpr Positional kFile = {"FILE", "A config file, e.g. model_config.yaml", true};

void tell(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) std::fprintf(stderr, "%s\n", line.c_str());
}

ConfigCheck read_and_check(Session& session) {
  const std::string& file = session.positionals[0];
  return check_config(session.runtime(), yaml::read_mapping(file), file);
}

class ConfigShowCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override {
    return {"show",
            "Print a config file with the defaults of what it leaves out",
            {kFile},
            "hezar config show demo/sentiment/model_config.yaml"};
  }
  void declare_options(CLI::App& app) override {
    add_flag(app, "--json", json_, "JSON instead of YAML");
  }
  int run(Session& session) override {
    const ConfigCheck check = read_and_check(session);
    session.out.write(json_ ? json::write(check.complete, 2) + "\n" : yaml::write(check.complete));
    tell(check.warnings);
    tell(check.errors);
    return check.errors.empty() ? 0 : 1;
  }

 private:
  bool json_ = false;
};

boost::json::array to_array(const std::vector<std::string>& lines) {
  boost::json::array out;
  for (const std::string& line : lines) out.emplace_back(line);
  return out;
}

class ConfigValidateCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override {
    return {"validate",
            "Check a config file and list everything that is wrong with it",
            {kFile},
            "hezar config validate demo/sentiment/model_config.yaml"};
  }
  void declare_options(CLI::App& app) override {
    add_flag(app, "--json", json_, "One JSON document");
  }
  int run(Session& session) override {
    const ConfigCheck check = read_and_check(session);
    const bool valid = check.errors.empty();
    if (json_) {
      const boost::json::object document = {{"file", session.positionals[0]},
                                            {"name", check.info.name},
                                            {"config_type", to_string(check.info.kind)},
                                            {"valid", valid},
                                            {"errors", to_array(check.errors)},
                                            {"warnings", to_array(check.warnings)}};
      session.out.write(json::write(document, 2) + "\n");
      return valid ? 0 : 1;
    }
    tell(check.warnings);
    tell(check.errors);
    if (valid) {
      session.out.write(text::concat(session.positionals[0], ": a valid ",
                                     to_string(check.info.kind), " config of ", check.info.name,
                                     "\n"));
    }
    return valid ? 0 : 1;
  }

 private:
  bool json_ = false;
};

}  // namespace

Description ConfigCommand::describe() const {
  return {"config",
          "Show or check a config file",
          {},
          "hezar config validate demo/sentiment/model_config.yaml"};
}

std::vector<std::unique_ptr<Command>> ConfigCommand::verbs() {
  std::vector<std::unique_ptr<Command>> verbs;
  verbs.push_back(std::make_unique<ConfigShowCommand>());
  verbs.push_back(std::make_unique<ConfigValidateCommand>());
  return verbs;
}

}  // namespace hezar::host
