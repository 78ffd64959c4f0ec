#include <commands/tokenize.hpp>

#include <utility>

#include <cli/options.hpp>
#include <cli/usage_error.hpp>
#include <commands/encoding_lines.hpp>
#include <commands/preprocessor_files.hpp>

#include <hezar/config/json.hpp>
#include <hezar/module/tokenizer.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

constexpr std::size_t kWindow = 1024;
// Pieces of a corpus that spread evenly over threads, and stay in their caches.
constexpr std::size_t kWindowBytes = 256U << 10U;
constexpr std::size_t kLongBytes = 4U << 20U;  // of a text whose columns should not be in memory

template <class T>
boost::json::array to_array(const std::vector<T>& values) {
  boost::json::array out;
  out.reserve(values.size());
  for (const T& value : values) out.emplace_back(value);
  return out;
}

boost::json::array offsets_of(const Encoding& encoding) {
  boost::json::array out;
  out.reserve(encoding.offsets.size());
  for (const Span& span : encoding.offsets) {
    out.emplace_back(boost::json::array{span.start, span.end});
  }
  return out;
}

boost::json::object to_entry(const TokenizerInput& input, const Encoding& encoding) {
  boost::json::object entry;
  entry["text"] = input.text;
  if (input.pair) entry["pair"] = *input.pair;
  entry["tokens"] = to_array(encoding.tokens);
  entry["ids"] = to_array(encoding.ids);
  entry["attention_mask"] = to_array(encoding.attention_mask);
  entry["type_ids"] = to_array(encoding.type_ids);
  entry["offsets"] = offsets_of(encoding);
  return entry;
}

std::vector<boost::json::object> token_rows(const boost::json::value& entry) {
  const boost::json::object& encoding = entry.as_object();
  const boost::json::array& tokens = encoding.at("tokens").as_array();
  std::vector<boost::json::object> rows;
  rows.reserve(tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    rows.push_back({{"token", tokens[i]},
                    {"id", encoding.at("ids").as_array().at(i)},
                    {"type", encoding.at("type_ids").as_array().at(i)},
                    {"mask", encoding.at("attention_mask").as_array().at(i)},
                    {"offsets", encoding.at("offsets").as_array().at(i)}});
  }
  return rows;
}

std::string id_line(const boost::json::value& entry) {
  std::string line;
  for (const boost::json::value& id : entry.as_object().at("ids").as_array()) {
    if (!line.empty()) line.push_back(' ');
    line.append(json::write(id));
  }
  return line;
}

EncodeOptions encode_options(std::int64_t max_length, const std::string& padding, bool specials) {
  EncodeOptions options;
  options.add_special_tokens = specials;
  options.return_tokens = true;
  options.return_offsets = true;
  options.max_length = max_length;
  if (max_length > 0) options.truncation = Truncation::kLongestFirst;
  if (padding == "longest") options.padding = Padding::kLongest;
  if (padding == "max_length") options.padding = Padding::kMaxLength;
  return options;
}

/// What the tokenizer makes of records, and with what.
class RecordTokenizer {
 public:
  RecordTokenizer(const Tokenizer& tokenizer, const EncodeOptions& options,
                  const std::vector<std::string>& pairs)
      : tokenizer_(tokenizer), options_(options), pairs_(pairs) {}

  [[nodiscard]] std::vector<boost::json::value> entries(std::span<const Record> records) const {
    const std::vector<TokenizerInput> inputs = inputs_of(records);
    const std::vector<Encoding> encodings = tokenizer_.encode_batch(inputs, options_);
    std::vector<boost::json::value> out;
    out.reserve(encodings.size());
    for (std::size_t i = 0; i < encodings.size(); ++i) {
      out.emplace_back(to_entry(inputs[i], encodings[i]));
    }
    return out;
  }

  void write_lines(std::span<const Record> records, Format format, const Sink& sink) const {
    const std::vector<TokenizerInput> inputs = inputs_of(records);
    EncodeOptions options = options_;
    options.return_tokens = options.return_offsets = format == Format::kJsonLines;
    const bool is_long = records.size() == 1 && records[0].text.size() > kLongBytes;
    if (is_long && pairs_.empty()) {
      write_long_line(tokenizer_, records[0].text, options, format, sink);
      return;
    }
    const std::vector<Encoding> encodings = tokenizer_.encode_batch(inputs, options);
    for (std::size_t i = 0; i < encodings.size(); ++i) {
      write_encoding_line(inputs[i], encodings[i], format, sink);
    }
  }

 private:
  [[nodiscard]] std::vector<TokenizerInput> inputs_of(std::span<const Record> records) const {
    std::vector<TokenizerInput> inputs(records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
      inputs[i].text = records[i].text;
      if (!pairs_.empty()) inputs[i].pair = pairs_[static_cast<std::size_t>(records[i].line) - 1];
    }
    return inputs;
  }

  const Tokenizer& tokenizer_;
  const EncodeOptions& options_;
  const std::vector<std::string>& pairs_;
};

}  // namespace

Description TokenizeCommand::describe() const {
  return {"tokenize",
          "Turn texts into tokens and ids",
          {{"PATH|REPO", "A folder with a tokenizer, or owner/name on the Hub", true},
           {"TEXT", "Texts", false, true}},
          "hezar tokenize demo/sentiment \"کتاب خیلی خوبی بود\"\n"
          "hezar tokenize demo/sentiment --json --max-length 16 --padding max_length \"سلام\"\n"
          "hezar tokenize demo/sentiment --input corpus.txt --output corpus.jsonl\n"
          "hezar tokenize demo/sentiment --input corpus.txt --output ids.txt --threads 4"};
}

void TokenizeCommand::declare_options(CLI::App& app) {
  bulk_.declare(app);
  add_texts(app, "--pair", pairs_, "TEXT", "Second text of an input; once for each TEXT");
  add_count(app, "--max-length", max_length_, 1'000'000, "Cut to N tokens, the longer text first");
  add_choice(app, "--padding", padding_, "longest|max_length",
             "Fill up to the longest of (at most 1024) inputs, or to --max-length");
  add_flag(app, "--no-special-tokens", no_special_tokens_, "Leave out [CLS], [SEP] and their like");
}

void TokenizeCommand::check(std::size_t texts) const {
  if (padding_ == "max_length" && max_length_ == 0) {
    throw usage_error("tokenize: --padding max_length", "--max-length N", "none");
  }
  if (!pairs_.empty() && pairs_.size() != texts) {
    throw usage_error("tokenize: --pair", text::concat("one for each of ", texts, " texts"),
                      std::to_string(pairs_.size()));
  }
}

int TokenizeCommand::run(Session& session) {
  std::vector<std::string> texts(session.positionals.begin() + 1, session.positionals.end());
  check(texts.size());
  const std::unique_ptr<RecordReader> reader =
      open_inputs(session, "tokenize", std::move(texts), bulk_, true);
  const std::string& path = session.positionals[0];
  const Preprocessors preprocessors = load_preprocessors(session, path);
  const Tokenizer* tokenizer = preprocessors.tokenizer();
  if (tokenizer == nullptr) throw missing_preprocessor(path, "a tokenizer", preprocessors);
  const EncodeOptions options = encode_options(max_length_, padding_, !no_special_tokens_);
  const RecordTokenizer record_tokenizer(*tokenizer, options, pairs_);
  BulkJob job;
  job.verb = "tokenize";
  job.window = kWindow;
  if (padding_ != "longest") job.window_bytes = kWindowBytes;
  job.threads = session.runtime().threads();
  job.shape = {token_rows, id_line, "text"};
  job.compute = [&](std::span<const Record> records, const WindowProgress& /*progress*/) {
    return record_tokenizer.entries(records);
  };
  job.compute_lines = [&](std::span<const Record> records, Format format, const Sink& sink) {
    record_tokenizer.write_lines(records, format, sink);
  };
  return run_bulk(session, *reader, bulk_, job);
}

}  // namespace hezar::host
