#include <input/records.hpp>

#include <filesystem>
#include <utility>

#include <input/csv.hpp>
#include <input/json_lines.hpp>
#include <input/table_records.hpp>
#include <input/text_lines.hpp>

#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

namespace hezar::host {

Record make_record(std::string text, std::int64_t line, const std::string& where,
                   bool replace_invalid) {
  Record record;
  record.line = line;
  const std::optional<std::size_t> invalid = text::find_invalid_utf8(text);
  if (!invalid || replace_invalid) {
    record.text = invalid ? text::replace_invalid_utf8(text) : std::move(text);
    return record;
  }
  const Error error = text::invalid_utf8_error(where, text, *invalid);
  record.problem = Error(ErrorCode::kFormat, error.message(),
                         "Save the file as UTF-8, or skip such lines with --on-error skip, or "
                         "replace such bytes with --on-error replace.");
  return record;
}

std::unique_ptr<RecordReader> read_records(const std::string& file, const RecordOptions& options) {
  const std::string extension =
      file == "-" ? std::string() : std::filesystem::path(file).extension().string();
  if (extension == ".parquet") return std::make_unique<TableRecordReader>(file, options);
  auto source = std::make_unique<ByteSource>(file, options.stop);
  if (extension == ".csv") return std::make_unique<CsvReader>(std::move(source), options);
  if (extension == ".jsonl") {
    return std::make_unique<JsonLinesReader>(std::move(source), options);
  }
  if (!extension.empty() && extension != ".txt") {
    throw expected_error(ErrorCode::kValue, file, "a file ending in .txt, .csv, .jsonl or .parquet",
                         extension, "Give it as standard input to read it line by line: --input -");
  }
  if (!options.column.empty()) {
    throw expected_error(ErrorCode::kValue, text::concat("--column ", options.column),
                         "an input that ends in .csv, .jsonl or .parquet", file);
  }
  return std::make_unique<TextLinesReader>(std::move(source), options);
}

}  // namespace hezar::host
