#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include <cli/cli11.hpp>
#include <cli/session.hpp>
#include <input/records.hpp>
#include <output/entry_writer.hpp>

namespace hezar::host {

class ResumableOutput;

/// Where the inputs of a verb come from and where its results go.
struct BulkOptions {
  std::string input;
  std::string column;
  std::string on_error = "fail";
  OutputChoice output;
  bool resumes = false;

  void declare(CLI::App& app);
  /// `--resume`, for verbs whose runs are long.
  void declare_resume(CLI::App& app);
};

using WindowProgress = std::function<void(std::int64_t done, std::int64_t total)>;
/// @param records  without problems; `line` says which argument or line each is.
/// @return one entry a record.
using Compute = std::function<std::vector<boost::json::value>(std::span<const Record> records,
                                                              const WindowProgress& progress)>;
/// Computes records and writes one line each, as the entry writer of `format` does for what Compute
/// gives, without the entries between. Throws before it has written anything.
using ComputeLines =
    std::function<void(std::span<const Record> records, Format format, const Sink& sink)>;

/// Records on their way through a job in steps: while one window is run, the next is prepared and
/// the entries of the one before are made and written.
class PreparedWindow {
 public:
  PreparedWindow() = default;
  virtual ~PreparedWindow() = default;
  PreparedWindow(const PreparedWindow&) = delete;
  PreparedWindow& operator=(const PreparedWindow&) = delete;

  /// On the thread that called run_bulk, window after window.
  virtual void run(const WindowProgress& progress) = 0;
  /// After run(), on any thread.
  /// @return as Compute does.
  [[nodiscard]] virtual std::vector<boost::json::value> entries() const = 0;
};
/// @thread called while another window is run.
using Prepare = std::function<std::unique_ptr<PreparedWindow>(std::span<const Record> records)>;

/// What a verb does to a list of inputs.
struct BulkJob {
  std::string verb;
  Compute compute;
  Prepare prepare = {};  ///< where given; what fails in one of its steps is computed instead
  ComputeLines compute_lines = {};  ///< for JSON lines and text, where given
  EntryShape shape;
  Format default_format = Format::kTable;  ///< where neither an option nor a file says
  std::size_t window = 512;                ///< inputs that are computed together
  std::size_t window_bytes = 4U << 20U;    ///< likewise, roughly
  int threads = 1;                         ///< more where compute is safe to call from several
  /// Takes the output, where given.
  ResumableOutput* resumable = nullptr;
  boost::json::object identity = {};  ///< what its results depend on beside the input
};

/// The inputs of a verb: `texts`, or the file that `options` names.
/// @param keep_carriage_return  only LF ends a line.
/// @throws UsageError where there are none or both.
[[nodiscard]] std::unique_ptr<RecordReader> open_inputs(Session& session, std::string_view verb,
                                                        std::vector<std::string> texts,
                                                        const BulkOptions& options,
                                                        bool keep_carriage_return = false);

/// The output that `options` name, where a run can go on with it: from a file to a file. Nothing
/// elsewhere; an output that cannot be written is told either way.
/// @throws UsageError for --resume elsewhere; Error kIo, kDependency.
[[nodiscard]] std::unique_ptr<ResumableOutput> open_resumable(const BulkOptions& options,
                                                              std::string_view verb);

/// Reads, computes and writes window by window, so that memory does not grow with the input.
/// Results are in the order of the inputs.
/// @return the exit code: 1 where every input was skipped.
/// @throws Error, the first problem of an input unless they are skipped; for an empty input.
[[nodiscard]] int run_bulk(Session& session, RecordReader& reader, const BulkOptions& options,
                           const BulkJob& job);

}  // namespace hezar::host
