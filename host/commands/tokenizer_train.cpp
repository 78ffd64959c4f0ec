#include <commands/tokenizer_train.hpp>

#include <memory>
#include <string_view>
#include <utility>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <cli/usage_error.hpp>
#include <commands/training_config.hpp>
#include <input/file_texts.hpp>
#include <terminal/progress.hpp>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/module/tokenizer.hpp>
#include <hezar/module/trainable_tokenizer.hpp>
#include <hezar/registry/builders.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

/// A bar for each stage of training.
class Stages {
 public:
  explicit Stages(const FileTexts& texts) : texts_(texts) {}

  void update(std::string_view stage, std::int64_t done, std::int64_t total) {
    if (stage != stage_) {
      stage_ = stage;
      bar_ = std::make_unique<Progress>(stage == "reading" ? "bytes" : std::string(stage));
    }
    const double part =
        total > 0 ? static_cast<double>(done) / static_cast<double>(total) : texts_.fraction();
    bar_->update(done, part);
  }
  void clear() { bar_.reset(); }

 private:
  const FileTexts& texts_;
  std::string stage_;
  std::unique_ptr<Progress> bar_;
};

TrainableTokenizer& trainable(Preprocessor& preprocessor, const std::string& name) {
  if (auto* out = preprocessor.as<TrainableTokenizer>()) return *out;
  throw expected_error(ErrorCode::kNotImplemented, text::concat("tokenizer train: name: ", name),
                       "a tokenizer that can be trained", "one that cannot",
                       "See hezar list preprocessors");
}

}  // namespace

Description TokenizerTrainCommand::describe() const {
  return {"train",
          "Learn the vocabulary of a tokenizer from texts",
          {{"CONFIG", "A YAML file: name, files, output, and fields of the tokenizer", true}},
          "hezar tokenizer train config.yaml\n"
          "hezar tokenizer train config.yaml --set vocab_size=8000 --output my-tokenizer --json"};
}

void TokenizerTrainCommand::declare_options(CLI::App& app) {
  add_texts(app, "--set", sets_, "KEY=VALUE", "Put a value over the config's; may be repeated");
  add_text(app, "--output", output_, "DIR", "The folder to save to; instead of the config's");
  add_choice(app, "--on-error", on_error_, "fail|skip", "What a text that cannot be read does");
  add_flag(app, "--json", json_, "One JSON document");
}

int TokenizerTrainCommand::run(Session& session) {
  TokenizerTraining how;
  how.stop = session.stop();
  const std::string& file = session.positionals[0];
  TrainingConfig config = read_training_config(file, sets_);
  if (!output_.empty()) config.output = output_;
  if (config.output.empty()) {
    throw usage_error("tokenizer train", "--output DIR, or output in the config", "neither");
  }
  BuildOptions build;
  build.runtime = &session.runtime();
  const std::shared_ptr<Preprocessor> tokenizer =
      build_preprocessor(config.name, {}, config.fields, build);
  TrainableTokenizer& learner = trainable(*tokenizer, config.name);
  FileTexts texts(config.files, {config.text_column, on_error_ == "skip", how.stop});
  Stages stages(texts);
  how.special_tokens = config.special_tokens;
  how.threads = session.runtime().threads();
  how.progress = [&](std::string_view stage, std::int64_t done, std::int64_t total) {
    stages.update(stage, done, total);
  };
  learner.train([&texts](std::string& text) { return texts.next(text); }, how);
  stages.clear();
  tokenizer->save(config.output);
  const auto vocab_size = tokenizer->as<Tokenizer>()->vocab_size(true);
  if (json_) {
    const boost::json::object summary = {{"name", config.name},
                                         {"output", config.output},
                                         {"vocab_size", vocab_size},
                                         {"texts", texts.read()},
                                         {"skipped", texts.skipped()}};
    session.out.write(json::write(summary, 2) + "\n");
    return 0;
  }
  session.out.write(text::concat(config.output, ": ", config.name, " with ", vocab_size,
                                 " tokens from ", texts.read(), " texts\n"));
  return 0;
}

}  // namespace hezar::host
