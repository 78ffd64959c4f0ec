#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include <boost/json.hpp>

#include <bulk/checkpoint.hpp>
#include <bulk/part_file.hpp>
#include <output/format.hpp>

namespace hezar::host {

/// An output file that a run can go on with after it was killed, at any point. What is written lies
/// in `<output>.part` until it is complete; `<output>.progress` says how many bytes of it are good
/// and how many inputs they stand for.
class ResumableOutput {
 public:
  /// Nothing of an earlier run is changed yet.
  /// @param input  a regular file.
  /// @param resumes  go on with an earlier run, if there is one.
  /// @throws Error kIo as PartFile does.
  ResumableOutput(const std::filesystem::path& output, const std::filesystem::path& input,
                  Format format, bool resumes);
  ~ResumableOutput();

  /// The output is complete: there is nothing to do.
  /// @throws Error kValue where the input is newer than the output.
  [[nodiscard]] bool is_finished();

  /// Where to go on: a fresh run at its beginning.
  /// @param run  what the result depends on beside the input.
  /// @throws Error kValue for an earlier run of another input, model or options; kFormat where its
  /// files were changed.
  [[nodiscard]] const Checkpoint& begin(const boost::json::object& run);

  /// The Parquet file is made of an Arrow stream at the end, for it can be read only when it is
  /// complete.
  [[nodiscard]] bool is_stream() const { return format_ == Format::kParquet; }
  /// An earlier run wrote all of it: only finish() is left.
  [[nodiscard]] bool is_complete() const { return reached_.is_complete; }
  void write(std::string_view bytes) { part_->write(bytes); }
  /// All that was written so far stands for `rows` inputs. Makes it last, not each time but so
  /// often that it costs little.
  void reach(std::int64_t rows, std::int64_t skipped, const boost::json::value& writer);
  /// Nothing more is written: gives the output its name.
  void finish();
  /// The run failed: what was reached is kept, and it is said how to go on.
  void keep();

 private:
  void save();
  [[nodiscard]] bool is_output_there() const;

  std::filesystem::path output_;
  std::filesystem::path progress_file_;
  Format format_;
  bool resumes_;
  std::unique_ptr<PartFile> part_;
  std::optional<Checkpoint> earlier_;
  Checkpoint reached_;
  int saves_ = 0;
  std::chrono::steady_clock::time_point saved_;
  std::chrono::steady_clock::duration cost_{};  // of saving
};

}  // namespace hezar::host
