#include <table_arrow/sink_stream.hpp>

#include <table_arrow/status.hpp>

namespace hezar::table {

arrow::Status SinkStream::Write(const void* data, std::int64_t size) {
  if (thrown_) return arrow::Status::IOError("nothing can be written any more");
  try {
    sink_({static_cast<const char*>(data), static_cast<std::size_t>(size)});
  } catch (...) {
    thrown_ = std::current_exception();
    return arrow::Status::IOError("the sink threw");
  }
  written_ += size;
  return arrow::Status::OK();
}

arrow::Status SinkStream::Close() {
  is_closed_ = true;
  return arrow::Status::OK();
}

void SinkStream::check(const arrow::Status& status) const {
  if (thrown_) std::rethrow_exception(thrown_);
  table::check(status, "Parquet");
}

}  // namespace hezar::table
