#pragma once

#include <cstdint>
#include <memory>
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

 private:
  void fill(Piece& piece);

  RecordReader& reader_;
  const BulkJob& job_;
  bool skips_;
  std::stop_token stop_;
  std::optional<Error> problem_;
  std::optional<Record> kept_;  // read, but for the next piece
};

/// Computes the records of a piece.
/// @thread safe for concurrent calls on different pieces where the job's functions are.
class PieceComputer {
 public:
  PieceComputer(const BulkJob& job, Format format, bool skips);

  void compute(Piece& piece, const WindowProgress& progress) const;
  /// Computes a huge piece and writes it as it comes.
  void stream(Piece& piece, const Sink& sink) const;

 private:
  void append_lines(Piece& piece, const Sink& sink) const;
  void append_lines(Piece& piece, std::span<const Record> records, const Sink& sink) const;
  void append_entries(Piece& piece, std::span<const Record> records,
                      const WindowProgress& progress) const;
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
  void write(Piece& piece);
  void end() { writer_->end(); }
  void show(const Piece& piece, std::int64_t done, std::int64_t total);
  /// @return the exit code.
  [[nodiscard]] int tell_skipped() const;

 private:
  void write_entries(const Piece& piece);

  Session& session_;
  const BulkJob& job_;
  const PieceComputer& computer_;
  Sink sink_;
  std::unique_ptr<EntryWriter> writer_;
  Progress progress_{"inputs"};
  std::int64_t done_ = 0;
  std::int64_t skipped_ = 0;
};

}  // namespace hezar::host
