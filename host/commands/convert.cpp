#include <commands/convert.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <system_error>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <commands/new_folder.hpp>
#include <commands/repo_folder.hpp>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/log/log.hpp>
#include <hezar/module/model.hpp>
#include <hezar/module/packed_weights.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

namespace fs = std::filesystem;

/// Packed weights are what was left of the plain ones: packing those again would lose more of them.
void check_source(const fs::path& folder, Precision wanted) {
  const Precision stored = precision_of(io::read_stored_weights(folder));
  if (stored == Precision::kFp32) return;
  if (wanted == Precision::kFp32) {
    log::warning(text::concat(folder.string(), ": its weights are packed for ", to_string(stored),
                              ": what is written is what they stand for, not what they were"));
    return;
  }
  throw expected_error(ErrorCode::kValue, folder.string(), "plain weights to pack",
                       text::concat("ones that are packed for ", to_string(stored)),
                       "Convert the repo that it was made from; without --precision, plain weights "
                       "are written.");
}

std::unique_ptr<Model> load_plain(Session& session, const fs::path& folder) {
  LoadOptions options;
  options.runtime = &session.runtime();
  options.precision = Precision::kFp32;
  return Model::load(folder.string(), options);
}

std::int64_t bytes_of(const fs::path& folder) {
  std::int64_t bytes = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += static_cast<std::int64_t>(entry.file_size());
  }
  return bytes;
}

void throw_if_stopped(const std::stop_token& stop) {
  if (stop.stop_requested())
    throw Error(ErrorCode::kCancelled, "convert: stopped on request; nothing was written");
}

}  // namespace

Description ConvertCommand::describe() const {
  return {"convert",
          "Write a model as a repo of safetensors, its weights packed where asked",
          {{"PATH|REPO", "A model's folder, or owner/name on the Hub", true},
           {"OUT", "The folder to write; absent or empty", true}},
          "hezar convert demo/sentiment sentiment-int8 --precision int8\n"
          "hezar convert owner/name ./plain"};
}

void ConvertCommand::declare_options(CLI::App& app) {
  add_choice(app, "--precision", precision_, "fp32|bf16|int8",
             "What the weights are packed for (default: fp32, plain ones)");
  add_choice(app, "--format", format_, "safetensors", "Of the weights (default: safetensors)");
  add_flag(app, "--json", json_, "One JSON document");
}

int ConvertCommand::run(Session& session) {
  const Precision precision = parse_precision(precision_);
  const std::string& out = session.positionals[1];
  const std::stop_token stop = session.stop();
  NewFolder folder(out, "Give another OUT.");
  const fs::path source = repo_folder(session, session.positionals[0], Model::files());
  check_source(source, precision);
  const std::unique_ptr<Model> model = load_plain(session, source);
  throw_if_stopped(stop);
  save_safetensors(*model, folder.draft(), precision);
  const std::int64_t bytes = bytes_of(folder.draft());
  throw_if_stopped(stop);
  folder.finish();
  if (json_) {
    const boost::json::object summary = {
        {"output", out}, {"name", model->name()}, {"precision", precision_}, {"bytes", bytes}};
    session.out.write(json::write(summary, 2) + "\n");
    return 0;
  }
  session.out.write(text::concat(out, ": ", model->name(), ", ", precision_, ", ",
                                 (bytes + 500'000) / 1'000'000, " MB\n"));
  return 0;
}

}  // namespace hezar::host
