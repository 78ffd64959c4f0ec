#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include <boost/describe.hpp>
#include <boost/json.hpp>

namespace hezar::host {

/// A file as it was.
struct FileIdentity {
  std::string path;  ///< absolute
  std::int64_t size = 0;
  std::int64_t modified_ns = 0;  ///< since 1970
};
BOOST_DESCRIBE_STRUCT(FileIdentity, (), (path, size, modified_ns))

/// How far a run is: the content of `<output>.progress`.
struct Checkpoint {
  std::int64_t version = 1;
  FileIdentity input;
  boost::json::object run;    ///< what else the result depends on: model and options
  std::int64_t rows = 0;      ///< of the input that are done
  std::int64_t skipped = 0;   ///< of these
  std::int64_t bytes = 0;     ///< of `<output>.part` that hold them
  boost::json::value writer;  ///< what the writer of the format needs to go on
  bool is_complete = false;   ///< nothing is left but to give the output its name
};
BOOST_DESCRIBE_STRUCT(Checkpoint, (),
                      (version, input, run, rows, skipped, bytes, writer, is_complete))

/// @throws Error kIo.
[[nodiscard]] FileIdentity identify(const std::filesystem::path& file);

/// Nothing where there is no such file.
/// @throws Error kIo, kFormat, kConfig for a file that is none.
[[nodiscard]] std::optional<Checkpoint> read_checkpoint(const std::filesystem::path& file);
/// Replaces the file and flushes it to disk.
void write_checkpoint(const std::filesystem::path& file, const Checkpoint& checkpoint);

/// @throws Error kValue where `found`, which `file` holds, is of another run than `wanted`.
void check_same_run(const std::filesystem::path& file, const Checkpoint& found,
                    const Checkpoint& wanted);

}  // namespace hezar::host
