#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <cli/cli11.hpp>

/// Options in the few shapes that verbs use. Each gives bad values an error in the house form.
namespace hezar::host {

/// `--name LABEL`
CLI::Option* add_text(CLI::App& app, const std::string& name, std::string& value,
                      const std::string& label, const std::string& doc);
/// `--name LABEL`, may be repeated.
CLI::Option* add_texts(CLI::App& app, const std::string& name, std::vector<std::string>& values,
                       const std::string& label, const std::string& doc);
/// `--name a|b|c`
CLI::Option* add_choice(CLI::App& app, const std::string& name, std::string& value,
                        const std::string& choices, const std::string& doc);
/// `--name N`, a whole number from 1 to `maximum`.
CLI::Option* add_count(CLI::App& app, const std::string& name, std::int64_t& value,
                       std::int64_t maximum, const std::string& doc);
/// `--name`
CLI::Option* add_flag(CLI::App& app, const std::string& name, bool& value, const std::string& doc);

/// "a|b|c" to {a, b, c}.
[[nodiscard]] std::vector<std::string> split_choices(std::string_view choices);
/// The values that an option or its label lists; empty: any.
[[nodiscard]] std::vector<std::string> choices_of(const CLI::Option& option);
[[nodiscard]] bool takes_value(const CLI::Option& option);
/// "--name" or "-n"; nothing where neither `app` nor a parent has it.
[[nodiscard]] CLI::Option* find_option(CLI::App* app, const std::string& name);
/// "--json", "--input": every long name of `app` and its parents.
[[nodiscard]] std::vector<std::string> option_names(const CLI::App& app);

}  // namespace hezar::host
