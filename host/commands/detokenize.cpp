#include <commands/detokenize.hpp>

#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <cli/usage_error.hpp>
#include <commands/preprocessor_files.hpp>

#include <hezar/config/json.hpp>
#include <hezar/module/tokenizer.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

constexpr std::string_view kSeparators = "[], ";

/// Ids of one argument: `5`, `5,6`, `[5, 6]`.
void append_ids(Integers& ids, std::string_view argument) {
  const std::string_view whole = argument;
  while (true) {
    const std::size_t start = argument.find_first_not_of(kSeparators);
    if (start == std::string_view::npos) return;
    argument.remove_prefix(start);
    const std::string_view word = argument.substr(0, argument.find_first_of(kSeparators));
    std::int64_t id = 0;
    const auto [stop, error] = std::from_chars(word.data(), word.data() + word.size(), id);
    if (error != std::errc() || stop != word.data() + word.size()) {
      throw usage_error("detokenize", "ids, which are whole numbers",
                        text::concat("\"", whole, "\""));
    }
    ids.push_back(id);
    argument.remove_prefix(word.size());
  }
}

}  // namespace

Description DetokenizeCommand::describe() const {
  return {"detokenize",
          "Turn ids back into a text",
          {{"PATH|REPO", "A folder with a tokenizer, or owner/name on the Hub", true},
           {"IDS", "Ids, with spaces or commas between them", true, true}},
          "hezar detokenize demo/sentiment 2 31 84 3"};
}

void DetokenizeCommand::declare_options(CLI::App& app) {
  add_flag(app, "--keep-special-tokens", keep_special_tokens_,
           "Also show [CLS], [SEP] and their like");
  add_flag(app, "--json", json_, "One JSON document");
}

int DetokenizeCommand::run(Session& session) {
  Integers ids;
  for (std::size_t i = 1; i < session.positionals.size(); ++i) {
    append_ids(ids, session.positionals[i]);
  }
  const std::string& path = session.positionals[0];
  const Preprocessors preprocessors = load_preprocessors(session, path);
  const Tokenizer* tokenizer = preprocessors.tokenizer();
  if (tokenizer == nullptr) throw missing_preprocessor(path, "a tokenizer", preprocessors);
  const std::string text = tokenizer->decode(ids, !keep_special_tokens_);
  if (!json_) {
    session.out.write(text + "\n");
    return 0;
  }
  const boost::json::array document = {
      {{"ids", boost::json::array(ids.begin(), ids.end())}, {"text", text}}};
  session.out.write(json::write(document, 2) + "\n");
  return 0;
}

}  // namespace hezar::host
