#include <cli/help.hpp>

#include <algorithm>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include <cli/arguments.hpp>
#include <cli/options.hpp>

#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t kMaxLeft = 28;  // columns; a longer left side has its text on the next line

std::string render(std::string_view title, const Rows& rows) {
  if (rows.empty()) return {};
  std::size_t width = 0;
  for (const auto& row : rows) {
    if (row.first.size() <= kMaxLeft) width = std::max(width, row.first.size());
  }
  std::string out = text::concat("\n", title, ":\n");
  for (const auto& [left, right] : rows) {
    out.append(text::concat("  ", left));
    if (left.size() > width) {
      out.append(text::concat("\n", std::string(width + 4, ' '), right, "\n"));
    } else {
      out.append(text::concat(std::string(width - left.size() + 2, ' '), right, "\n"));
    }
  }
  return out;
}

Rows option_rows(const CLI::App& app) {
  Rows rows;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_lnames().empty()) continue;
    std::string left = "--" + option->get_lnames().front();
    if (takes_value(*option)) left.append(" " + option->get_type_name());
    rows.emplace_back(std::move(left), option->get_description());
  }
  return rows;
}

Rows verb_rows(const Program& program, const CLI::App& app) {
  Rows rows;
  for (const CLI::App* verb : app.get_subcommands({})) {
    rows.emplace_back(verb->get_name(), program.describe(*verb).summary);
  }
  return rows;
}

std::string usage(const CLI::App& app, const Description& description) {
  std::string out = "Usage: hezar";
  if (app.get_parent() != nullptr) out.append(" " + verb_path(app));
  if (!app.get_subcommands({}).empty()) out.append(" VERB");
  out.append(" [OPTIONS]");
  for (const Positional& positional : description.positionals) {
    std::string part(positional.name);
    if (positional.repeated) part.append("...");
    out.append(positional.required ? text::concat(" ", part) : text::concat(" [", part, "]"));
  }
  return out + "\n";
}

std::string example_lines(std::string_view example) {
  std::string out = "\nExample:\n";
  while (!example.empty()) {
    const std::size_t end = example.find('\n');
    out.append(text::concat("  ", example.substr(0, end), "\n"));
    example = end == std::string_view::npos ? std::string_view() : example.substr(end + 1);
  }
  return out;
}

}  // namespace

std::string help_text(const Program& program, const CLI::App& app) {
  const Description description = program.describe(app);
  const bool is_root = app.get_parent() == nullptr;
  std::string out = text::concat(description.summary, "\n\n", usage(app, description));
  Rows positionals;
  for (const Positional& positional : description.positionals) {
    positionals.emplace_back(positional.name, positional.doc);
  }
  out.append(render("Arguments", positionals));
  out.append(render("Verbs", verb_rows(program, app)));
  out.append(render(is_root ? "Options of every verb" : "Options", option_rows(app)));
  if (is_root) {
    out.append(render("Questions",
                      {{"--version", "Print the version"}, {"VERB --help", "Explain a verb"}}));
  }
  out.append(example_lines(description.example));
  if (!is_root) out.append("\nOptions of every verb: see hezar --help\n");
  return out;
}

}  // namespace hezar::host
