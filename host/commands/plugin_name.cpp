#include <commands/plugin_name.hpp>

#include <algorithm>
#include <array>
#include <optional>

#include <cli/usage_error.hpp>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

constexpr std::size_t kMaxName = 63;

/// Lower-case words that C++ takes for itself; the others cannot be names of plugins anyway.
constexpr std::array<std::string_view, 92> kWordsOfCpp = {
    "alignas",       "alignof",     "and",
    "and_eq",        "asm",         "auto",
    "bitand",        "bitor",       "bool",
    "break",         "case",        "catch",
    "char",          "char8_t",     "char16_t",
    "char32_t",      "class",       "compl",
    "concept",       "const",       "consteval",
    "constexpr",     "constinit",   "const_cast",
    "continue",      "co_await",    "co_return",
    "co_yield",      "decltype",    "default",
    "delete",        "do",          "double",
    "dynamic_cast",  "else",        "enum",
    "explicit",      "export",      "extern",
    "false",         "float",       "for",
    "friend",        "goto",        "if",
    "inline",        "int",         "long",
    "mutable",       "namespace",   "new",
    "noexcept",      "not",         "not_eq",
    "nullptr",       "operator",    "or",
    "or_eq",         "private",     "protected",
    "public",        "register",    "reinterpret_cast",
    "requires",      "return",      "short",
    "signed",        "sizeof",      "static",
    "static_assert", "static_cast", "struct",
    "switch",        "template",    "this",
    "thread_local",  "throw",       "true",
    "try",           "typedef",     "typeid",
    "typename",      "union",       "unsigned",
    "using",         "virtual",     "void",
    "volatile",      "wchar_t",     "while",
    "xor",           "xor_eq"};

bool is_name(std::string_view name) {
  const auto valid = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && name.size() <= kMaxName && name.front() >= 'a' && name.front() <= 'z' &&
         std::all_of(name.begin(), name.end(), valid);
}

std::string in_quotes(std::string_view name) {
  return text::concat('"', name, '"');
}

Error taken(const std::string& name, const std::string& by) {
  return expected_error(ErrorCode::kValue, "plugin new: NAME", "a name that is free",
                        text::concat(in_quotes(name), ", ", by), "Take another one.");
}

}  // namespace

void check_new_name(Runtime& runtime, Kind kind, const std::string& name) {
  constexpr char kObject[] = "plugin new: NAME";
  if (!is_name(name)) {
    throw usage_error(kObject, "a-z, 0-9 and _, beginning with a letter, at most 63",
                      in_quotes(name), "It names the plugin, its file and its module");
  }
  if (std::find(kWordsOfCpp.begin(), kWordsOfCpp.end(), name) != kWordsOfCpp.end()) {
    throw usage_error(kObject, "a name", text::concat(in_quotes(name), ", a word of C++"),
                      "Take another one");
  }
  if (name == "plugin" || name == "config" || name == "options") {
    throw usage_error(kObject, "a name", text::concat(in_quotes(name), ", which hezar uses itself"),
                      "Take another one");
  }
  if (PluginHost::is_first_party(name)) throw taken(name, "a plugin of hezar's own");
  if (PluginHost::first_party_provider(kind, name)) {
    throw taken(name, text::concat("a ", to_string(kind), " of hezar's own"));
  }
  if (const std::optional<PluginInfo> plugin = runtime.plugins().find(name)) {
    throw taken(name, text::concat("the plugin at ", plugin->path.string()));
  }
  for (const ModuleInfo& module : runtime.list(kind)) {
    if (module.name != name) continue;
    throw taken(name, text::concat("a ", to_string(kind), " of the plugin ", module.plugin));
  }
}

std::string class_name(std::string_view name) {
  std::string out;
  bool upper = true;
  for (const char c : name) {
    if (c != '_') out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = c == '_';
  }
  return out;
}

}  // namespace hezar::host
