#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

namespace hezar::host {

/// What a YAML file says of training a tokenizer.
struct TrainingConfig {
  std::string name;                ///< in the registry
  std::vector<std::string> files;  ///< texts: .txt, .csv, .jsonl
  std::string text_column;         ///< of .csv and .jsonl
  std::string output;              ///< folder
  std::optional<std::vector<std::string>> special_tokens;
  boost::json::object fields;  ///< of the tokenizer's config
};

/// Reads the file and puts `sets` ("KEY=VALUE") over it.
/// @throws Error kConfig, naming the file and the key, for what is missing or of the wrong kind;
/// UsageError for a set that is no KEY=VALUE.
[[nodiscard]] TrainingConfig read_training_config(const std::string& file,
                                                  const std::vector<std::string>& sets);

}  // namespace hezar::host
