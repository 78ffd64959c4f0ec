#include <cli/options.hpp>

#include <algorithm>
#include <charconv>

#include <CLI/CLI.hpp>

#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

std::string quoted(const std::string& value) {
  return text::concat("\"", value, "\"");
}

/// CLI11 puts the option's name and a colon in front of what a check returns.
std::string check_count(const std::string& value, std::int64_t maximum) {
  std::int64_t number = 0;
  const char* end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, number);
  if (error == std::errc() && stop == end && number >= 1 && number <= maximum) return {};
  return text::concat("expected a whole number from 1 to ", maximum, ", got ", quoted(value));
}

}  // namespace

CLI::Option* add_text(CLI::App& app, const std::string& name, std::string& value,
                      const std::string& label, const std::string& doc) {
  return app.add_option(name, value, doc)->type_name(label);
}

CLI::Option* add_texts(CLI::App& app, const std::string& name, std::vector<std::string>& values,
                       const std::string& label, const std::string& doc) {
  // Without this CLI11 takes "[a,b]" apart.
  return app.add_option(name, values, doc)->type_name(label)->allow_extra_args(false);
}

CLI::Option* add_choice(CLI::App& app, const std::string& name, std::string& value,
                        const std::string& choices, const std::string& doc) {
  return add_text(app, name, value, choices, doc)->check([choices](const std::string& given) {
    const std::vector<std::string> known = split_choices(choices);
    if (std::find(known.begin(), known.end(), given) != known.end()) return std::string();
    return text::concat("expected one of ", text::join(known, ", "), ", got ", quoted(given));
  });
}

CLI::Option* add_count(CLI::App& app, const std::string& name, std::int64_t& value,
                       std::int64_t maximum, const std::string& doc) {
  return app.add_option(name, value, doc)
      ->type_name("N")
      ->check([maximum](const std::string& given) { return check_count(given, maximum); });
}

CLI::Option* add_flag(CLI::App& app, const std::string& name, bool& value, const std::string& doc) {
  return app.add_flag(name, value, doc)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

std::vector<std::string> split_choices(std::string_view choices) {
  std::vector<std::string> out;
  while (!choices.empty()) {
    const std::size_t bar = choices.find('|');
    out.emplace_back(choices.substr(0, bar));
    choices = bar == std::string_view::npos ? std::string_view() : choices.substr(bar + 1);
  }
  return out;
}

std::vector<std::string> choices_of(const CLI::Option& option) {
  const std::string label = option.get_type_name();
  return label.find('|') == std::string::npos ? std::vector<std::string>() : split_choices(label);
}

bool takes_value(const CLI::Option& option) {
  return option.get_items_expected_max() > 0;
}

CLI::Option* find_option(CLI::App* app, const std::string& name) {
  for (; app != nullptr; app = app->get_parent()) {
    for (CLI::Option* option : app->get_options()) {
      if (!option->get_positional() && option->check_name(name)) return option;
    }
  }
  return nullptr;
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* at = &app; at != nullptr; at = at->get_parent()) {
    for (const CLI::Option* option : at->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace hezar::host
