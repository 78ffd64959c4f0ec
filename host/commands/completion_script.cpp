#include <commands/completion_script.hpp>

#include <CLI/CLI.hpp>

#include <cli/arguments.hpp>
#include <cli/options.hpp>

#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

using text::concat;

std::vector<CompletionOption> options_of(const CLI::App& app) {
  std::vector<CompletionOption> options;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_lnames().empty()) continue;
    options.push_back({"--" + option->get_lnames().front(), option->get_description(),
                       takes_value(*option), choices_of(*option)});
  }
  options.push_back({"--help", "Explain this verb", false, {}});
  return options;
}

void append_verb(CompletionTree& tree, const Program& program, const CLI::App& app) {
  const Description description = program.describe(app);
  CompletionVerb verb;
  verb.path = app.get_parent() == nullptr ? std::string() : verb_path(app);
  verb.doc = description.summary;
  verb.options = options_of(app);
  for (const CLI::App* below : app.get_subcommands({})) verb.words.push_back(below->get_name());
  if (!description.positionals.empty() && !description.positionals[0].choices.empty()) {
    verb.words = split_choices(description.positionals[0].choices);
  }
  if (verb.path.empty()) verb.options.push_back({"--version", "Print the version", false, {}});
  tree.push_back(std::move(verb));
  for (const CLI::App* below : app.get_subcommands({})) append_verb(tree, program, *below);
}

std::string names_of(const std::vector<CompletionOption>& options) {
  std::string names;
  for (const CompletionOption& option : options) names.append(concat(option.name, " "));
  return names;
}

/// `path) words="..." ;;` of a shell's case.
std::string shell_case(const CompletionTree& tree) {
  std::string out;
  for (const CompletionVerb& verb : tree) {
    out.append(concat("    '", verb.path, "') words='", text::join(verb.words, " "), "' options='",
                      names_of(verb.options), "' ;;\n"));
  }
  return out;
}

/// `verb:--option) choices="a b" ;;`; options of every verb stand under the root.
std::string choice_case(const CompletionTree& tree) {
  std::string out;
  for (const CompletionVerb& verb : tree) {
    for (const CompletionOption& option : verb.options) {
      if (!option.takes_value) continue;
      out.append(concat("    '", verb.path, ":", option.name, "'",
                        verb.path.empty() ? concat("|*':", option.name, "'") : "", ") value='",
                        option.choices.empty() ? "files" : text::join(option.choices, " "),
                        "' ;;\n"));
    }
  }
  return out;
}

std::string verb_patterns(const CompletionTree& tree) {
  std::vector<std::string> paths;
  for (const CompletionVerb& verb : tree) {
    if (!verb.path.empty()) paths.push_back(concat("'", verb.path, "'"));
  }
  return text::join(paths, "|");
}

/// Quoted for fish and for zsh.
std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out + "'";
}

/// The part that bash and zsh share: which verb was typed, and what may follow.
std::string shell_functions(const CompletionTree& tree) {
  return concat(
      "_hezar_verb() {  # the words before the cursor, without hezar\n"
      "  local word next skip=''\n"
      "  verb=''\n"
      "  for word in \"$@\"; do\n"
      "    if [ -n \"$skip\" ]; then skip=''; continue; fi\n"
      "    case \"$word\" in\n"
      "      --*=*) continue ;;\n"
      "      -*) _hezar_value \"$verb:$word\"; [ -n \"$value\" ] && skip=1; continue ;;\n"
      "    esac\n"
      "    next=\"${verb:+$verb }$word\"\n"
      "    case \"$next\" in\n"
      "      ",
      verb_patterns(tree),
      ") verb=\"$next\" ;;\n"
      "    esac\n"
      "  done\n"
      "}\n"
      "_hezar_value() {  # what the option verb:--option takes: files, choices, or nothing\n"
      "  value=''\n"
      "  case \"$1\" in\n",
      choice_case(tree),
      "  esac\n"
      "}\n"
      "_hezar_words() {  # what may follow a verb\n"
      "  words='' options=''\n"
      "  case \"$1\" in\n",
      shell_case(tree),
      "  esac\n"
      "}\n");
}

}  // namespace

CompletionTree completion_tree(const Program& program) {
  CompletionTree tree;
  append_verb(tree, program, program.app());
  for (std::size_t i = 1; i < tree.size(); ++i) {
    for (const CompletionOption& option : tree[0].options) {
      if (option.name != "--help" && option.name != "--version") tree[i].options.push_back(option);
    }
  }
  return tree;
}

std::string bash_completion(const CompletionTree& tree) {
  return concat(
      "# Completes hezar in bash: source <(hezar completion bash)\n", shell_functions(tree),
      "_hezar() {\n"
      "  local current=\"${COMP_WORDS[COMP_CWORD]}\" previous=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
      "  local verb words options value\n"
      "  COMPREPLY=()\n"
      "  _hezar_verb \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"\n"
      "  case \"$previous\" in -*) _hezar_value \"$verb:$previous\" ;; *) value='' ;; esac\n"
      "  if [ \"$value\" = files ]; then COMPREPLY=($(compgen -f -- \"$current\")); return; fi\n"
      "  if [ -n \"$value\" ]; then COMPREPLY=($(compgen -W \"$value\" -- \"$current\")); return; "
      "fi\n"
      "  _hezar_words \"$verb\"\n"
      "  case \"$current\" in\n"
      "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$current\")) ;;\n"
      "    *) if [ -n \"$words\" ]; then COMPREPLY=($(compgen -W \"$words\" -- \"$current\"));\n"
      "       else COMPREPLY=($(compgen -f -- \"$current\")); fi ;;\n"
      "  esac\n"
      "}\n"
      "complete -o filenames -F _hezar hezar\n");
}

std::string zsh_completion(const CompletionTree& tree) {
  return concat(
      "#compdef hezar\n"
      "# Completes hezar in zsh: source <(hezar completion zsh)\n",
      shell_functions(tree),
      "_hezar() {\n"
      "  local current=\"${words[CURRENT]}\" previous=\"${words[CURRENT-1]}\"\n"
      "  local -a typed=(\"${(@)words[2,CURRENT-1]}\")\n"
      "  local verb value options\n"
      "  _hezar_verb \"${typed[@]}\"\n"
      "  case \"$previous\" in -*) _hezar_value \"$verb:$previous\" ;; *) value='' ;; esac\n"
      "  if [ \"$value\" = files ]; then _files; return; fi\n"
      "  if [ -n \"$value\" ]; then compadd -- ${=value}; return; fi\n"
      "  local words\n"
      "  _hezar_words \"$verb\"\n"
      "  case \"$current\" in\n"
      "    -*) compadd -- ${=options} ;;\n"
      "    *) if [ -n \"$words\" ]; then compadd -- ${=words}; else _files; fi ;;\n"
      "  esac\n"
      "}\n"
      "compdef _hezar hezar\n");
}

std::string fish_completion(const CompletionTree& tree) {
  std::string out = concat(
      "# Completes hezar in fish: hezar completion fish | source\n"
      "function __hezar_at\n"
      "  set -l verb ''\n"
      "  for word in (commandline -opc)[2..-1]\n"
      "    string match -q -- '-*' $word; and continue\n"
      "    set -l next (string trim -- \"$verb $word\")\n"
      "    contains -- $next ",
      [&] {
        std::string paths;
        for (const CompletionVerb& verb : tree) paths.append(in_quotes(verb.path) + " ");
        return paths;
      }(),
      "; and set verb $next\n"
      "  end\n"
      "  test \"$verb\" = \"$argv[1]\"\n"
      "end\n");
  for (const CompletionVerb& verb : tree) {
    const std::string prefix =
        concat("complete -c hezar -n ", in_quotes(concat("__hezar_at \"", verb.path, "\"")));
    if (!verb.words.empty()) {
      out.append(concat(prefix, " -f -a ", in_quotes(text::join(verb.words, " ")), "\n"));
    }
    for (const CompletionOption& option : verb.options) {
      out.append(concat(prefix, " -l ", option.name.substr(2), " -d ", in_quotes(option.doc)));
      if (option.takes_value && option.choices.empty()) out.append(" -r");
      if (!option.choices.empty()) {
        out.append(concat(" -x -a ", in_quotes(text::join(option.choices, " "))));
      }
      out.append("\n");
    }
  }
  return out;
}

}  // namespace hezar::host
