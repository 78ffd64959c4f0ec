#include <output/format.hpp>

#include <filesystem>

#include <cli/usage_error.hpp>

namespace hezar::host {

Format choose_format(const OutputChoice& choice, std::string_view verb, Format otherwise) {
  if (choice.json && choice.json_lines) {
    throw usage_error(verb, "one of --json and --jsonl", "both");
  }
  if (choice.json) return Format::kJson;
  if (choice.json_lines) return Format::kJsonLines;
  if (choice.file.empty()) return otherwise;
  const std::string extension = std::filesystem::path(choice.file).extension().string();
  if (extension == ".jsonl") return Format::kJsonLines;
  if (extension == ".json") return Format::kJson;
  if (extension == ".csv") return Format::kCsv;
  if (extension == ".txt") return Format::kText;
  if (extension == ".parquet") return Format::kParquet;
  throw usage_error("--output", "a file ending in .jsonl, .json, .csv, .txt or .parquet",
                    choice.file, "Or say the format: --json, --jsonl");
}

}  // namespace hezar::host
