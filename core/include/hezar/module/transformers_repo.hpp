#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/api.hpp>
#include <hezar/config/config.hpp>
#include <hezar/registry/runtime.hpp>

/// Repos of Hugging Face Transformers, which have a config.json and no file of Hezar's.
namespace hezar {

inline constexpr std::string_view kTransformersConfig = "config.json";

/// What such a repo has beside its weights.
inline constexpr std::array kTransformersFiles = {
    "config.json",
    "modules.json",
    "*_Pooling/config.json",
    "sentence_bert_config.json",
    "*.model",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.json",
    "tokenizer.json",
    "merges.txt",
    "vocab.txt",
};

/// config.json as the config of the model that serves its architecture: fields have the same names,
/// and the labels that Transformers leaves out where they are its defaults are filled in. A repo of
/// sentence-transformers (with modules.json) goes to a model of the task text_embedding.
/// @throws Error kConfig naming the architecture that no model serves, kFormat for malformed JSON.
[[nodiscard]] HEZAR_API ConfigValues read_transformers_config(const std::filesystem::path& folder,
                                                              const Runtime& runtime);

/// Names of the preprocessors that a repo without YAML files has files for.
[[nodiscard]] HEZAR_API std::vector<std::string> transformers_preprocessors(
    const std::filesystem::path& folder, const Runtime& runtime);

}  // namespace hezar
