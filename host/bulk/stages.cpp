#include <bulk/stages.hpp>

#include <algorithm>
#include <utility>

#include <bulk/resumable_output.hpp>

#include <hezar/log/log.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

constexpr std::size_t kHugeBytes = 4U << 20U;

/// Whether another input could do where this one failed.
bool is_about_the_input(const Error& error) {
  return error.code() == ErrorCode::kValue || error.code() == ErrorCode::kFormat ||
         error.code() == ErrorCode::kIo;
}

std::string lines(std::span<const Record> records) {
  const std::string first = text::concat("input ", records.front().line);
  return records.size() == 1 ? first : text::concat(first, " to ", records.back().line);
}

std::vector<Record> good_records(const Piece& piece) {
  std::vector<Record> good;
  for (const Record& record : piece.records) {
    if (!record.problem) good.push_back(record);
  }
  return good;
}

}  // namespace

bool PieceReader::next(Piece& piece) {
  if (stop_.stop_requested()) throw Error(ErrorCode::kCancelled, job_.verb + ": interrupted");
  piece.fraction_before = reader_.fraction();
  if (!problem_) fill(piece);
  if (piece.records.empty() && problem_) throw Error(*problem_);
  piece.before = read_;
  read_ += std::ssize(piece.records);
  piece.fraction_after = reader_.fraction();
  return !piece.records.empty();
}

void PieceReader::pass_over(std::int64_t records) {
  Record record;
  while (read_ < records && reader_.next(record)) {
    ++read_;
    if (stop_.stop_requested()) throw Error(ErrorCode::kCancelled, job_.verb + ": interrupted");
  }
}

void PieceReader::fill(Piece& piece) {
  std::size_t bytes = 0;
  while (piece.records.size() < job_.window && bytes < job_.window_bytes) {
    Record record;
    if (kept_) {
      record = *std::exchange(kept_, std::nullopt);
    } else if (!reader_.next(record)) {
      return;
    }
    if (record.problem && !skips_) {
      problem_ = std::move(record.problem);
      return;
    }
    const bool is_huge = record.text.size() > kHugeBytes;
    if (is_huge && !piece.records.empty()) {  // it is worked on alone
      kept_ = std::move(record);
      return;
    }
    bytes += record.text.size();
    piece.is_huge = is_huge;
    piece.records.push_back(std::move(record));
    if (is_huge) return;
    if (reader_.is_typed()) return;
  }
}

PieceComputer::PieceComputer(const BulkJob& job, Format format, bool skips)
    : job_(job),
      format_(format),
      skips_(skips),
      is_by_line_(job.compute_lines && (format == Format::kJsonLines || format == Format::kText)) {}

void PieceComputer::compute(Piece& piece, const WindowProgress& progress) const {
  piece.is_huge = piece.is_huge && is_by_line_;
  if (piece.is_huge) return;
  if (is_by_line_) {
    append_lines(piece, [&](std::string_view text) { piece.text.append(text); });
    return;
  }
  if (!job_.prepare) {
    append_entries(piece, progress);
    return;
  }
  const std::vector<Record> good = good_records(piece);
  if (good.empty()) return;
  try {
    piece.prepared = job_.prepare(good);
  } catch (const Error& error) {
    if (!is_about_the_input(error)) throw;  // run() will find it again, and say where
  }
}

void PieceComputer::run(Piece& piece, const WindowProgress& progress) const {
  try {
    if (piece.prepared) {
      piece.prepared->run(progress);
      return;
    }
  } catch (const Error& error) {
    if (!is_about_the_input(error)) throw;
    piece.prepared = nullptr;
  }
  append_entries(piece, progress);
}

void PieceComputer::append_entries(Piece& piece, const WindowProgress& progress) const {
  const std::vector<Record> good = good_records(piece);
  if (!good.empty()) append_entries(piece, good, progress);
}

void PieceComputer::stream(Piece& piece, const Sink& sink) const {
  append_lines(piece, sink);
}

void PieceComputer::skip(Piece& piece, const std::string& why) const {
  piece.warnings.push_back(text::concat("skipped: ", why));
  ++piece.skipped;
}

void PieceComputer::append_lines(Piece& piece, const Sink& sink) const {
  std::span<const Record> rest = piece.records;
  while (!rest.empty()) {
    const auto bad = std::find_if(rest.begin(), rest.end(),
                                  [](const Record& record) { return record.problem.has_value(); });
    const auto good = static_cast<std::size_t>(bad - rest.begin());
    if (good > 0) append_lines(piece, rest.first(good), sink);
    rest = rest.subspan(good);
    if (rest.empty()) return;
    skip(piece, rest.front().problem->what());
    sink(skipped_line(format_));
    rest = rest.subspan(1);
  }
}

/// Halves what failed until the culprits are alone.
void PieceComputer::append_lines(Piece& piece, std::span<const Record> records,
                                 const Sink& sink) const {
  try {
    job_.compute_lines(records, format_, sink);
  } catch (Error& error) {
    if (!is_about_the_input(error)) throw;
    if (!skips_) {
      error.add_context(lines(records));
      throw;
    }
    if (records.size() == 1) {
      skip(piece, text::concat(lines(records), ": ", error.what()));
      sink(skipped_line(format_));
      return;
    }
    append_lines(piece, records.first(records.size() / 2), sink);
    append_lines(piece, records.subspan(records.size() / 2), sink);
  }
}

/// Likewise.
void PieceComputer::append_entries(Piece& piece, std::span<const Record> records,
                                   const WindowProgress& progress) const {
  try {
    std::vector<boost::json::value> entries = job_.compute(records, progress);
    HEZAR_ASSERT(entries.size() == records.size(), "a verb gives one entry an input");
    for (boost::json::value& entry : entries) piece.entries.emplace_back(std::move(entry), true);
  } catch (Error& error) {
    if (!is_about_the_input(error)) throw;
    if (!skips_) {
      error.add_context(lines(records));
      throw;
    }
    if (records.size() == 1) {
      skip(piece, text::concat(lines(records), ": ", error.what()));
      piece.entries.emplace_back(nullptr, false);
      return;
    }
    append_entries(piece, records.first(records.size() / 2), progress);
    append_entries(piece, records.subspan(records.size() / 2), progress);
  }
}

void PieceWriter::open(Format format, Sink sink, Style style) {
  sink_ = std::move(sink);
  writer_ = make_entry_writer(format, sink_, style, job_.shape);
}

void PieceWriter::open(Format format) {
  const Checkpoint& from = job_.resumable->begin(job_.identity);
  sink_ = [this](std::string_view text) { job_.resumable->write(text); };
  writer_ = make_entry_writer(format, sink_, Style(), job_.shape, job_.resumable->is_stream());
  if (from.rows > 0) writer_->restore(from.writer);
  done_ = from.rows;
  skipped_ = from.skipped;
}

void PieceWriter::write(Piece& piece) {
  const std::scoped_lock lock(mutex_);
  progress_.clear();
  if (piece.is_huge) computer_.stream(piece, sink_);
  if (!piece.text.empty()) sink_(piece.text);
  if (piece.text.empty() && !piece.is_huge) write_entries(piece);
  for (const std::string& warning : piece.warnings) log::warning(warning);
  skipped_ += piece.skipped;
  done_ += std::ssize(piece.records);
  writer_->end_window();
  session_.out.flush();
  if (job_.resumable != nullptr) job_.resumable->reach(done_, skipped_, writer_->state());
  if (!piece.prepared) progress_.update(done_, piece.fraction_after);
}

void PieceWriter::write_entries(Piece& piece) {
  if (piece.prepared) {
    for (boost::json::value& entry : piece.prepared->entries()) {
      piece.entries.emplace_back(std::move(entry), true);
    }
  }
  std::size_t next = 0;
  for (const Record& record : piece.records) {
    if (record.problem) {
      writer_->skip();
      log::warning(text::concat("skipped: ", record.problem->what()));
      ++skipped_;
      continue;
    }
    const auto& [entry, is_there] = piece.entries.at(next++);
    if (is_there) {
      writer_->add(record.text, entry);
    } else {
      writer_->skip();
    }
  }
}

void PieceWriter::show(const Piece& piece, std::int64_t done, std::int64_t total) {
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock) return;
  const double part = total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 0.0;
  const double before = std::max(piece.fraction_before, 0.0);
  const double after = piece.fraction_after;
  progress_.update(piece.before + done, after < 0 ? -1 : before + (after - before) * part);
}

int PieceWriter::tell_skipped() const {
  if (skipped_ == 0) return 0;
  log::warning(text::concat(job_.verb, ": skipped ", skipped_, " of ", done_, " inputs"));
  return skipped_ == done_ ? 1 : 0;
}

}  // namespace hezar::host
