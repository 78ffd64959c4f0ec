#pragma once

#include <memory>

#include <arrow/record_batch.h>
#include <arrow/type.h>

#include <hezar/table/writer.hpp>

namespace hezar::table {

/// A file of one of the formats, made of batches of rows.
class BatchOutput {
 public:
  BatchOutput() = default;
  virtual ~BatchOutput() = default;
  BatchOutput(const BatchOutput&) = delete;
  BatchOutput& operator=(const BatchOutput&) = delete;

  virtual void write(const arrow::RecordBatch& batch) = 0;
  virtual void end() = 0;
};

/// @throws what `sink` throws.
[[nodiscard]] std::unique_ptr<BatchOutput> make_batch_output(
    const std::shared_ptr<arrow::Schema>& schema, ByteSink sink, const WriterOptions& options);

}  // namespace hezar::table
