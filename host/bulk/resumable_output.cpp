#include <bulk/resumable_output.hpp>

#include <ostream>
#include <system_error>

#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/log/log.hpp>
#include <hezar/table/writer.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace fs = std::filesystem;

namespace {

// Saving flushes to disk: 1 ms on an SSD, 100 ms on others. It takes at most one part in this many
// of a run, but for the first windows, each of which may be slow.
constexpr int kSaveShare = 50;
constexpr int kFirstSaves = 8;

}  // namespace

ResumableOutput::ResumableOutput(const fs::path& output, const fs::path& input, Format format,
                                 bool resumes)
    : output_(output),
      progress_file_(output.string() + ".progress"),
      format_(format),
      resumes_(resumes),
      part_(std::make_unique<PartFile>(output)) {
  reached_.input = identify(input);
  earlier_ = resumes ? read_checkpoint(progress_file_) : std::nullopt;
  if (!resumes && part_->size() > 0) {
    log::warning(text::concat(part_->path().string(),
                              ": starting over; --resume would go on with what is there"));
  }
}

ResumableOutput::~ResumableOutput() = default;

bool ResumableOutput::is_output_there() const {
  std::error_code ignored;
  return fs::is_regular_file(output_, ignored);
}

bool ResumableOutput::is_finished() {
  if (!resumes_ || !is_output_there() || part_->size() > 0) return false;
  if (earlier_) {
    if (earlier_->is_complete) fs::remove(progress_file_);
    return earlier_->is_complete;
  }
  if (reached_.input.modified_ns <= identify(output_).modified_ns) return true;
  throw expected_error(
      ErrorCode::kValue, reached_.input.path,
      text::concat("an input older than ", output_.string(), ", which is complete"), "a newer one",
      "Start over without --resume.");
}

const Checkpoint& ResumableOutput::begin(const boost::json::object& run) {
  reached_.run = run;
  if (earlier_) {
    check_same_run(progress_file_, *earlier_, reached_);
    if (earlier_->bytes > part_->size()) {
      throw expected_error(ErrorCode::kFormat, part_->path().string(),
                           text::concat(earlier_->bytes, " bytes"), std::to_string(part_->size()),
                           "It was changed; start over without --resume.");
    }
    reached_ = *earlier_;
    part_->cut(reached_.bytes);
  } else {
    // First, so that no progress ever stands beside bytes of another run.
    fs::remove(progress_file_);
    part_->cut(0);
    save();
  }
  return reached_;
}

void ResumableOutput::reach(std::int64_t rows, std::int64_t skipped,
                            const boost::json::value& writer) {
  reached_.rows = rows;
  reached_.skipped = skipped;
  reached_.bytes = part_->size();
  reached_.writer = writer;
  const auto since = std::chrono::steady_clock::now() - saved_;
  if (saves_ <= kFirstSaves || since >= kSaveShare * cost_) save();
}

void ResumableOutput::save() {
  const auto start = std::chrono::steady_clock::now();
  part_->sync();
  write_checkpoint(progress_file_, reached_);
  saved_ = std::chrono::steady_clock::now();
  cost_ = saved_ - start;
  ++saves_;
}

void ResumableOutput::finish() {
  if (!reached_.is_complete) {
    reached_.bytes = part_->size();
    reached_.is_complete = true;
    save();
  }
  if (is_stream()) {
    io::write_file(output_, [&](std::ostream& file) {
      table::stream_to_parquet(part_->path(), [&](std::string_view bytes) {
        if (file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return;
        throw expected_error(ErrorCode::kIo, output_.string(), "to be written", "a full disk");
      });
    });
    part_->remove();
  } else {
    part_->publish(output_);
  }
  fs::remove(progress_file_);
}

void ResumableOutput::keep() {
  part_->cut(reached_.bytes);
  if (reached_.rows == 0) {
    fs::remove(progress_file_);
    return;
  }
  try {
    save();
  } catch (const Error&) {
    // A full disk: what was saved before stands.
  }
  log::warning(text::concat(part_->path().string(), ": ", reached_.rows,
                            " inputs are done and kept; the same command with --resume goes on"));
}

}  // namespace hezar::host
