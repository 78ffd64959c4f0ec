#include <bulk/checkpoint.hpp>

#include <chrono>
#include <system_error>

#include <hezar/config/described.hpp>
#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace fs = std::filesystem;

FileIdentity identify(const fs::path& file) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(file, error);
  const fs::file_time_type time = error ? fs::file_time_type() : fs::last_write_time(file, error);
  if (error) {
    throw expected_error(ErrorCode::kIo, file.string(), "a readable file", error.message());
  }
  using std::chrono::nanoseconds;
  const auto since = std::chrono::file_clock::to_sys(time).time_since_epoch();
  return {fs::absolute(file).lexically_normal().string(), static_cast<std::int64_t>(size),
          std::chrono::duration_cast<nanoseconds>(since).count()};
}

std::optional<Checkpoint> read_checkpoint(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return std::nullopt;
  const boost::json::value value = json::read(file);
  if (!value.is_object()) {
    throw expected_error(ErrorCode::kFormat, file.string(), "the progress of a run",
                         "something else", "Remove it to start over.");
  }
  const auto out = read_config<Checkpoint>({value.get_object(), {}, file.string()});
  if (out.version != 1 || out.rows < 0 || out.skipped < 0 || out.bytes < 0) {
    throw expected_error(ErrorCode::kFormat, file.string(), "the progress of a run, version 1",
                         text::concat("version ", out.version), "Start over without --resume.");
  }
  return out;
}

void write_checkpoint(const fs::path& file, const Checkpoint& checkpoint) {
  io::write_file(file, json::write(to_json_value(checkpoint), 2) + "\n");
}

void check_same_run(const fs::path& file, const Checkpoint& found, const Checkpoint& wanted) {
  const auto refuse = [&](std::string_view what, const boost::json::value& was,
                          const boost::json::value& is) {
    throw expected_error(ErrorCode::kValue, text::concat(file.string(), ": ", what),
                         text::concat(json::write(was), " as when the run began"), json::write(is),
                         "Give the same input, model and options, or start over without --resume.");
  };
  const boost::json::value was = to_json_value(found.input);
  const boost::json::value is = to_json_value(wanted.input);
  if (was != is) refuse("input", was, is);
  for (const auto& item : wanted.run) {
    const boost::json::value* other = found.run.if_contains(item.key());
    const boost::json::value before = other == nullptr ? boost::json::value() : *other;
    // As a file holds it: 1.0 and 1 are one number there.
    if (json::write(before) != json::write(item.value())) refuse(item.key(), before, item.value());
  }
}

}  // namespace hezar::host
