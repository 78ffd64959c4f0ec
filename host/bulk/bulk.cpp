#include <bulk/bulk.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <system_error>
#include <utility>

#include <cli/options.hpp>
#include <cli/usage_error.hpp>
#include <terminal/progress.hpp>

#include <hezar/io/files.hpp>
#include <hezar/log/log.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

constexpr std::size_t kWindowBytes = 4U << 20U;

/// The arguments of the command line as records.
class ArgumentReader : public RecordReader {
 public:
  explicit ArgumentReader(std::vector<std::string> texts) : texts_(std::move(texts)) {}

  [[nodiscard]] bool next(Record& record) override {
    if (next_ == texts_.size()) return false;
    const auto number = static_cast<std::int64_t>(next_ + 1);
    record = make_record(texts_[next_++], number, text::concat("input ", number));
    return true;
  }
  [[nodiscard]] double fraction() const override {
    return static_cast<double>(next_) / static_cast<double>(texts_.size());
  }

 private:
  std::vector<std::string> texts_;
  std::size_t next_ = 0;
};

/// Whether another input could do where this one failed.
bool is_about_the_input(const Error& error) {
  return error.code() == ErrorCode::kValue || error.code() == ErrorCode::kFormat ||
         error.code() == ErrorCode::kIo;
}

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
        reader_(reader),
        job_(job),
        stop_(session.stop()),
        skips_(options.on_error == "skip") {}

  int run(const OutputChoice& output) {
    const Format format = choose_format(output, job_.verb, job_.default_format);
    if (!read_window()) {
      throw expected_error(ErrorCode::kValue, job_.verb, "at least one input", "an empty one",
                           text::concat("See hezar ", job_.verb, " --help"));
    }
    if (output.file.empty()) {
      const auto sink = [this](std::string_view text) { session_.out.write(text); };
      writer_ = make_entry_writer(format, sink, session_.style(), job_.shape);
      run_windows();
    } else if (is_device(output.file)) {
      std::ofstream device(output.file, std::ios::binary);
      write_to(device, output.file, format);
    } else {
      io::write_file(output.file, [&](std::ostream& file) { write_to(file, output.file, format); });
    }
    return tell_skipped();
  }

 private:
  void write_to(std::ostream& file, const std::string& name, Format format) {
    const auto sink = [&](std::string_view text) {
      if (file << text) return;
      throw expected_error(ErrorCode::kIo, name, "to be written", std::strerror(errno));
    };
    writer_ = make_entry_writer(format, sink, Style(), job_.shape);
    run_windows();
    file.flush();
    sink({});
  }

  void run_windows() {
    do {
      run_window();
    } while (read_window());
    writer_->end();
  }

  bool read_window() {
    if (stop_.stop_requested()) throw Error(ErrorCode::kCancelled, job_.verb + ": interrupted");
    window_.clear();
    fraction_before_ = reader_.fraction();
    std::size_t bytes = 0;
    while (window_.size() < job_.window && bytes < kWindowBytes) {
      Record record;
      if (!reader_.next(record)) break;
      if (record.problem && !skips_) throw Error(*record.problem);
      bytes += record.text.size();
      window_.push_back(std::move(record));
      if (reader_.is_typed()) break;
    }
    return !window_.empty();
  }

  void run_window() {
    std::vector<Record> good;
    for (const Record& record : window_) {
      if (!record.problem) good.push_back(record);
    }
    entries_.clear();
    if (!good.empty()) compute(good);
    progress_.clear();
    std::size_t next = 0;
    for (const Record& record : window_) {
      const bool computed = !record.problem && entries_[next].second;
      if (computed) {
        writer_->add(record.text, entries_[next].first);
      } else {
        writer_->skip();
        ++skipped_;
      }
      if (record.problem) {
        log::warning(text::concat("skipped: ", record.problem->what()));
      } else {
        ++next;
      }
    }
    done_ += static_cast<std::int64_t>(window_.size());
    writer_->end_window();
    session_.out.flush();
    progress_.update(done_, reader_.fraction());
  }

  /// Fills entries_; halves what failed until the culprits are alone.
  void compute(std::span<const Record> records) {
    try {
      std::vector<boost::json::value> entries = job_.compute(
          records, [this](std::int64_t done, std::int64_t total) { show(done, total); });
      HEZAR_ASSERT(entries.size() == records.size(), "a verb gives one entry an input");
      for (boost::json::value& entry : entries) entries_.emplace_back(std::move(entry), true);
    } catch (Error& error) {
      if (!is_about_the_input(error)) throw;
      if (!skips_) {
        error.add_context(lines(records));
        throw;
      }
      if (records.size() == 1) {
        log::warning(text::concat("skipped: ", lines(records), ": ", error.what()));
        entries_.emplace_back(nullptr, false);
        return;
      }
      compute(records.first(records.size() / 2));
      compute(records.subspan(records.size() / 2));
    }
  }

  static std::string lines(std::span<const Record> records) {
    const std::string first = text::concat("input ", records.front().line);
    return records.size() == 1 ? first : text::concat(first, " to ", records.back().line);
  }

  void show(std::int64_t done, std::int64_t total) {
    const double after = reader_.fraction();
    const double part = total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 0.0;
    const double before = std::max(fraction_before_, 0.0);
    progress_.update(done_ + done, after < 0 ? -1 : before + (after - before) * part);
  }

  [[nodiscard]] int tell_skipped() const {
    if (skipped_ == 0) return 0;
    log::warning(text::concat(job_.verb, ": skipped ", skipped_, " of ", done_, " inputs"));
    return skipped_ == done_ ? 1 : 0;
  }

  Session& session_;
  RecordReader& reader_;
  const BulkJob& job_;
  std::stop_token stop_;
  bool skips_;
  std::unique_ptr<EntryWriter> writer_;
  std::vector<Record> window_;
  std::vector<std::pair<boost::json::value, bool>> entries_;  // entry, whether there is one
  Progress progress_{"inputs"};
  double fraction_before_ = 0;
  std::int64_t done_ = 0;
  std::int64_t skipped_ = 0;
};

}  // namespace

void BulkOptions::declare(CLI::App& app) {
  add_text(app, "--input", input, "FILE",
           "Read inputs from FILE: .txt (one a line), .csv, .jsonl, or - for standard input");
  add_text(app, "--column", column, "NAME", "Column of a .csv or key of a .jsonl (default: text)");
  add_text(app, "--output", output.file, "FILE",
           "Write to FILE: .jsonl, .json, .csv or .txt; complete or not at all");
  add_choice(app, "--on-error", on_error, "fail|skip",
             "At a bad input stop, or go on; skipped ones are null in JSON (default: fail)");
  add_flag(app, "--json", output.json, "One JSON document, a list with an entry an input");
  add_flag(app, "--jsonl", output.json_lines, "One line of JSON an input");
}

std::unique_ptr<RecordReader> open_inputs(Session& session, std::string_view verb,
                                          std::vector<std::string> texts,
                                          const BulkOptions& options, bool keep_carriage_return) {
  const std::stop_token stop = session.stop();
  if (!texts.empty() && !options.input.empty()) {
    throw usage_error(verb, "inputs as arguments or --input", "both");
  }
  if (!texts.empty()) return std::make_unique<ArgumentReader>(std::move(texts));
  if (options.input.empty()) {
    throw usage_error(
        verb, "at least one input", "none",
        text::concat("Give texts, or a file with --input (- is standard input). See hezar ", verb,
                     " --help"));
  }
  return read_records(options.input, {options.column, keep_carriage_return, stop});
}

int run_bulk(Session& session, RecordReader& reader, const BulkOptions& options,
             const BulkJob& job) {
  return BulkRun(session, reader, options, job).run(options.output);
}

}  // namespace hezar::host
