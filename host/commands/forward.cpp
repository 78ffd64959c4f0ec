#include <commands/forward.hpp>

#include <filesystem>
#include <utility>
#include <variant>

#include <cli/options.hpp>
#include <cli/usage_error.hpp>
#include <input/records.hpp>

#include <hezar/io/safetensors.hpp>
#include <hezar/log/log.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

bool is_safetensors(const std::string& file) {
  return std::filesystem::path(file).extension() == ".safetensors";
}

Inputs read_tensors(const std::string& file) {
  Inputs inputs;
  for (const auto& [name, tensor] : io::SafetensorsFile::open(file).state_dict()) {
    inputs.set(name, tensor);
  }
  return inputs;
}

Strings read_texts(const std::string& file, const std::stop_token& stop) {
  const std::unique_ptr<RecordReader> reader = read_records(file, {.stop = stop});
  Strings texts;
  Record record;
  while (reader->next(record)) {
    if (record.problem) throw Error(*record.problem);
    texts.push_back(std::move(record.text));
  }
  if (texts.empty()) {
    throw expected_error(ErrorCode::kValue, "forward", "at least one input", "an empty file");
  }
  return texts;
}

void write_outputs(const Outputs& outputs, const std::string& file) {
  StateDict tensors;
  for (const auto& [name, column] : outputs) {
    if (const Tensor* tensor = std::get_if<Tensor>(&column)) {
      if (tensor->defined()) tensors.add(name, tensor->contiguous());
    } else {
      log::warning(text::concat("forward: not written, for it is no single tensor: ", name, " (",
                                describe(column), ")"));
    }
  }
  io::write_safetensors(file, tensors);
}

}  // namespace

Description ForwardCommand::describe() const {
  return {"forward",
          "Write a model's raw outputs, for checking a port",
          {{"PATH|REPO", "A model's folder, or owner/name on the Hub", true}},
          "hezar forward demo/sentiment --input texts.txt --output logits.safetensors\n"
          "hezar forward demo/sentiment --input inputs.safetensors --output logits.safetensors"};
}

void ForwardCommand::declare_options(CLI::App& app) {
  add_text(app, "--input", input_, "FILE",
           "One text a line (.txt, -), .csv, .jsonl, or a .safetensors with named inputs");
  add_text(app, "--output", output_, "FILE", "Where the outputs go, a .safetensors");
  model_.declare(app);
}

int ForwardCommand::run(Session& session) {
  if (input_.empty()) throw usage_error("forward", "--input FILE", "none");
  if (!is_safetensors(output_)) {
    throw usage_error("forward", "--output FILE.safetensors",
                      output_.empty() ? "none" : text::concat("\"", output_, "\""));
  }
  const std::stop_token stop = session.stop();
  Inputs inputs = is_safetensors(input_)
                      ? read_tensors(input_)
                      : Inputs{{std::string(kRawInputs), read_texts(input_, stop)}};
  const LoadedModel loaded = model_.load(session, session.positionals[0], "forward");
  PredictOptions options;
  options.task = loaded.task;
  options.stop = stop;
  if (!is_safetensors(input_)) inputs = loaded.model->preprocess(inputs, options);
  write_outputs(loaded.model->forward(inputs, options), output_);
  return 0;
}

}  // namespace hezar::host
