#pragma once

#include <string>
#include <vector>

#include <cli/program.hpp>

namespace hezar::host {

/// An option as a shell needs to know it.
struct CompletionOption {
  std::string name;  ///< "--input"
  std::string doc;
  bool takes_value = false;
  std::vector<std::string> choices;  ///< empty: files
};

/// A verb or group, its path in words: "", "plugin", "plugin list".
struct CompletionVerb {
  std::string path;
  std::string doc;
  std::vector<std::string> words;  ///< verbs below it, or the choices of its first argument
  std::vector<CompletionOption> options;
};

/// The root first. Its options are those of every verb.
using CompletionTree = std::vector<CompletionVerb>;

/// Read from the declared verbs, so nothing can be forgotten.
[[nodiscard]] CompletionTree completion_tree(const Program& program);

[[nodiscard]] std::string bash_completion(const CompletionTree& tree);
[[nodiscard]] std::string zsh_completion(const CompletionTree& tree);
[[nodiscard]] std::string fish_completion(const CompletionTree& tree);

}  // namespace hezar::host
