#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>

#include <bulk/bulk.hpp>
#include <bulk/piece.hpp>
#include <terminal/progress.hpp>

namespace hezar::host {

/// Takes an input apart into pieces.
class PieceReader {
 public:
  PieceReader(RecordReader& reader, const BulkJob& job, bool skips, std::stop_token stop)
      : reader_(reader), job_(job), skips_(skips), stop_(std::move(stop)) {}

  /// False at the end.
  /// @throws Error, the problem of a record unless they are skipped; the records before it come
  /// first.
  [[nodiscard]] bool next(Piece& piece);
  /// Passes over what an earlier run is done with.
  void pass_over(std::int64_t records);
  [[nodiscard]] double fraction() const { return reader_.fraction(); }

 private:
  void fill(Piece& piece);

  RecordReader& reader_;
  const BulkJob& job_;
  bool skips_;
  std::stop_token stop_;
  std::int64_t read_ = 0;
  std::optional<Error> problem_;
  std::optional<Record> kept_;  // read, but for the next piece
};

/// Computes the records of a piece.
/// @thread safe for concurrent calls on different pieces where the job's functions are.
class PieceComputer {
 public:
  PieceComputer(const BulkJob& job, Format format, bool skips);

  /// All of it, or its first step where the job has steps.
  void compute(Piece& piece, const WindowProgress& progress) const;
  /// The step that belongs to one thread.
  void run(Piece& piece, const WindowProgress& progress) const;
  /// Computes a huge piece and writes it as it comes.
  void stream(Piece& piece, const Sink& sink) const;

 private:
  void append_lines(Piece& piece, const Sink& sink) const;
  void append_lines(Piece& piece, std::span<const Record> records, const Sink& sink) const;
  void append_entries(Piece& piece, std::span<const Record> records,
                      const WindowProgress& progress) const;
  void append_entries(Piece& piece, const WindowProgress& progress) const;
  void skip(Piece& piece, const std::string& why) const;

  const BulkJob& job_;
  Format format_;
  bool skips_;
  bool is_by_line_;
};

/// Writes what was computed and says how far it is.
class PieceWriter {
 public:
  PieceWriter(Session& session, const BulkJob& job, const PieceComputer& computer)
      : session_(session), job_(job), computer_(computer) {}

  /// What is written from now on goes to `sink`.
  void open(Format format, Sink sink, Style style);
  /// Likewise, to the job's resumable output, after what it holds.
  void open(Format format);
  /// Inputs that are written or skipped, those of an earlier run among them.
  [[nodiscard]] std::int64_t done() const { return done_; }
  /// Rate and time left go by what is done from now on.
  void begin(double fraction) { progress_.begin_at(done_, fraction); }
  void write(Piece& piece);
  void end() { writer_->end(); }
  /// How much of the window is done. Skipped while a piece is written.
  void show(const Piece& piece, std::int64_t done, std::int64_t total);
  /// @return the exit code.
  [[nodiscard]] int tell_skipped() const;

 private:
  void write_entries(Piece& piece);

  Session& session_;
  const BulkJob& job_;
  const PieceComputer& computer_;
  Sink sink_;
  std::unique_ptr<EntryWriter> writer_;
  std::mutex mutex_;  // of what follows
  Progress progress_{"inputs"};
  std::int64_t done_ = 0;
  std::int64_t skipped_ = 0;
};

}  // namespace hezar::host
