#pragma once

#include <cstdint>
#include <exception>

#include <arrow/io/interfaces.h>

#include <hezar/table/writer.hpp>

namespace hezar::table {

/// A ByteSink as Arrow writes to files. What the sink throws waits here, for Arrow's code is not
/// made for exceptions, and nothing is written after it.
class SinkStream : public arrow::io::OutputStream {
 public:
  explicit SinkStream(ByteSink sink) : sink_(std::move(sink)) {}

  using arrow::io::OutputStream::Write;
  arrow::Status Write(const void* data, std::int64_t size) override;
  [[nodiscard]] arrow::Result<std::int64_t> Tell() const override { return written_; }
  arrow::Status Close() override;
  [[nodiscard]] bool closed() const override { return is_closed_; }

  /// @throws what the sink threw, else an Error where `status` is not OK.
  void check(const arrow::Status& status) const;

 private:
  ByteSink sink_;
  std::exception_ptr thrown_;
  std::int64_t written_ = 0;
  bool is_closed_ = false;
};

}  // namespace hezar::table
