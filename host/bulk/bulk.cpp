#include <bulk/bulk.hpp>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <system_error>
#include <utility>

#include <bulk/ordered.hpp>
#include <bulk/part_file.hpp>
#include <bulk/resumable_output.hpp>
#include <bulk/stages.hpp>
#include <cli/options.hpp>
#include <cli/usage_error.hpp>

#include <hezar/io/files.hpp>
#include <hezar/table/writer.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

/// The arguments of the command line as records.
class ArgumentReader : public RecordReader {
 public:
  ArgumentReader(std::vector<std::string> texts, bool replace_invalid)
      : texts_(std::move(texts)), replace_invalid_(replace_invalid) {}

  [[nodiscard]] bool next(Record& record) override {
    if (next_ == texts_.size()) return false;
    const auto number = static_cast<std::int64_t>(next_ + 1);
    record = make_record(texts_[next_++], number, text::concat("input ", number), replace_invalid_);
    return true;
  }
  [[nodiscard]] double fraction() const override {
    return static_cast<double>(next_) / static_cast<double>(texts_.size());
  }

 private:
  std::vector<std::string> texts_;
  bool replace_invalid_;
  std::size_t next_ = 0;
};

/// A pipe or /dev/null: it is written to as it stands, for it cannot be replaced.
bool is_device(const std::string& file) {
  std::error_code ignored;
  const std::filesystem::file_status status = std::filesystem::status(file, ignored);
  return std::filesystem::exists(status) && !std::filesystem::is_regular_file(status) &&
         !std::filesystem::is_directory(status);
}

class BulkRun {
 public:
  BulkRun(Session& session, RecordReader& reader, const BulkOptions& options, const BulkJob& job)
      : session_(session),
        job_(job),
        format_(choose_format(options.output, job.verb, job.default_format)),
        reader_(reader, job, options.on_error == "skip", session.stop()),
        computer_(job, format_, options.on_error == "skip"),
        writer_(session, job, computer_),
        threads_(reader.is_typed() ? 1 : job.threads) {
    if (format_ == Format::kParquet && !job.shape.table) {
      throw usage_error("--output", "a file ending in .jsonl, .json, .csv or .txt",
                        options.output.file);
    }
  }

  int run(const OutputChoice& output) {
    if (job_.resumable != nullptr) {
      run_resumable();
      return writer_.tell_skipped();
    }
    if (!reader_.next(first_)) throw no_input();
    if (output.file.empty()) {
      const auto sink = [this](std::string_view text) { session_.out.write(text); };
      writer_.open(format_, sink, session_.style());
      run_pieces();
    } else if (is_device(output.file)) {
      std::ofstream device(output.file, std::ios::binary);
      write_to(device, output.file);
    } else {
      io::write_file(output.file, [&](std::ostream& file) { write_to(file, output.file); });
    }
    return writer_.tell_skipped();
  }

 private:
  [[nodiscard]] Error no_input() const {
    return expected_error(ErrorCode::kValue, job_.verb, "at least one input", "an empty one",
                          text::concat("See hezar ", job_.verb, " --help"));
  }

  void run_resumable() {
    writer_.open(format_);
    try {
      reader_.pass_over(writer_.done());
      writer_.begin(reader_.fraction());
      if (!job_.resumable->is_complete()) {
        if (!reader_.next(first_) && writer_.done() == 0) throw no_input();
        run_pieces();
      }
      job_.resumable->finish();
    } catch (...) {
      job_.resumable->keep();
      throw;
    }
  }

  void write_to(std::ostream& file, const std::string& name) {
    const auto sink = [&](std::string_view text) {
      if (file << text) return;
      throw expected_error(ErrorCode::kIo, name, "to be written", std::strerror(errno));
    };
    writer_.open(format_, sink, Style());
    run_pieces();
    file.flush();
    sink({});
  }

  void run_pieces() {
    OrderedStages<Piece> stages = {
        .read = [this](Piece& piece) { return read(piece); },
        .compute = [this](Piece& piece) { computer_.compute(piece, progress_of(piece)); },
        .write = [this](Piece& piece) { writer_.write(piece); },
        .give_up = [this] { session_.request_stop(); },
    };
    if (job_.prepare) {
      stages.serial = [this](Piece& piece) { computer_.run(piece, progress_of(piece)); };
    }
    OrderedRun<Piece>(std::move(stages)).run(threads_);
    writer_.end();
  }

  bool read(Piece& piece) {
    if (first_.records.empty()) return reader_.next(piece);
    piece = std::exchange(first_, {});
    return true;
  }

  [[nodiscard]] WindowProgress progress_of(const Piece& piece) {
    return [&](std::int64_t done, std::int64_t total) {
      if (threads_ == 1 || job_.prepare) writer_.show(piece, done, total);
    };
  }

  Session& session_;
  const BulkJob& job_;
  Format format_;
  PieceReader reader_;
  PieceComputer computer_;
  PieceWriter writer_;
  Piece first_;  // read before anything is written, which an empty input leaves alone
  int threads_;
};

}  // namespace

void BulkOptions::declare(CLI::App& app) {
  add_text(app, "--input", input, "FILE",
           "Read inputs from FILE: .txt (one a line), .csv, .jsonl, .parquet, or - for standard "
           "input");
  add_text(app, "--column", column, "NAME",
           "Column of a .csv or .parquet, or key of a .jsonl (default: text)");
  add_text(app, "--output", output.file, "FILE",
           "Write to FILE: .jsonl, .json, .csv or .txt; complete or not at all");
  add_choice(
      app, "--on-error", on_error, "fail|skip|replace",
      "At a bad input stop, or go on: skipped ones are null in JSON, bytes that are not UTF-8 "
      "become \uFFFD (default: fail)");
  add_flag(app, "--json", output.json, "One JSON document, a list with an entry an input");
  add_flag(app, "--jsonl", output.json_lines, "One line of JSON an input");
}

void BulkOptions::declare_resume(CLI::App& app) {
  add_flag(app, "--resume", resumes,
           "Go on with a run that was stopped, from --input to --output FILE (.parquet too)");
}

std::unique_ptr<RecordReader> open_inputs(Session& session, std::string_view verb,
                                          std::vector<std::string> texts,
                                          const BulkOptions& options, bool keep_carriage_return) {
  const std::stop_token stop = session.stop();
  if (!texts.empty() && !options.input.empty()) {
    throw usage_error(verb, "inputs as arguments or --input", "both");
  }
  const bool replaces = options.on_error == "replace";
  if (!texts.empty()) return std::make_unique<ArgumentReader>(std::move(texts), replaces);
  if (options.input.empty()) {
    throw usage_error(
        verb, "at least one input", "none",
        text::concat("Give texts, or a file with --input (- is standard input). See hezar ", verb,
                     " --help"));
  }
  return read_records(options.input, {.column = options.column,
                                      .keep_carriage_return = keep_carriage_return,
                                      .replace_invalid = replaces,
                                      .stop = stop});
}

std::unique_ptr<ResumableOutput> open_resumable(const BulkOptions& options, std::string_view verb) {
  const std::string& output = options.output.file;
  const Format format = choose_format(options.output, verb, Format::kTable);
  if (format == Format::kParquet) table::require_parquet();
  std::error_code ignored;
  const bool is_from_file = std::filesystem::is_regular_file(options.input, ignored);
  if (!output.empty() && !is_device(output) && is_from_file) {
    return std::make_unique<ResumableOutput>(output, options.input, format, options.resumes);
  }
  if (options.resumes) {
    throw usage_error(text::concat(verb, ": --resume"), "--input FILE and --output FILE",
                      "something else");
  }
  if (!output.empty() && !is_device(output)) static_cast<void>(PartFile(output));
  return nullptr;
}

int run_bulk(Session& session, RecordReader& reader, const BulkOptions& options,
             const BulkJob& job) {
  return BulkRun(session, reader, options, job).run(options.output);
}

}  // namespace hezar::host
