#include <table_arrow/batch_output.hpp>

#include <cstdint>
#include <utility>

#include <arrow/ipc/writer.h>
#include <arrow/util/byte_size.h>
#include <parquet/arrow/writer.h>

#include <table_arrow/sink_stream.hpp>

namespace hezar::table {

namespace {

// A row group is in memory while it is written and while it is read.
constexpr std::int64_t kGroupBytes = std::int64_t{32} << 20;

class ParquetOutput : public BatchOutput {
 public:
  ParquetOutput(const std::shared_ptr<arrow::Schema>& schema, ByteSink sink)
      : stream_(std::make_shared<SinkStream>(std::move(sink))) {
    const auto properties =
        parquet::WriterProperties::Builder().compression(parquet::Compression::SNAPPY)->build();
    // With the types of Arrow beside those of Parquet, which cannot name them all.
    const auto arrow_properties = parquet::ArrowWriterProperties::Builder().store_schema()->build();
    auto opened = parquet::arrow::FileWriter::Open(*schema, arrow::default_memory_pool(), stream_,
                                                   properties, arrow_properties);
    stream_->check(opened.status());
    writer_ = std::move(opened).ValueUnsafe();
  }

  void write(const arrow::RecordBatch& batch) override {
    if (group_bytes_ >= kGroupBytes) {
      stream_->check(writer_->NewBufferedRowGroup());
      group_bytes_ = 0;
    }
    group_bytes_ += arrow::util::TotalBufferSize(batch);
    stream_->check(writer_->WriteRecordBatch(batch));
  }

  void end() override { stream_->check(writer_->Close()); }

 private:
  std::shared_ptr<SinkStream> stream_;
  std::unique_ptr<parquet::arrow::FileWriter> writer_;
  std::int64_t group_bytes_ = 0;
};

/// Messages of the IPC stream one by one, for Arrow's own stream writer begins with the schema each
/// time. The stream may end anywhere between two of them.
class StreamOutput : public BatchOutput {
 public:
  StreamOutput(const arrow::Schema& schema, ByteSink sink, bool continues)
      : stream_(std::move(sink)) {
    if (!continues) put(arrow::ipc::SerializeSchema(schema));
  }

  void write(const arrow::RecordBatch& batch) override {
    put(arrow::ipc::SerializeRecordBatch(batch, arrow::ipc::IpcWriteOptions::Defaults()));
  }
  void end() override {}

 private:
  void put(const arrow::Result<std::shared_ptr<arrow::Buffer>>& message) {
    stream_.check(message.status());
    stream_.check(stream_.Write((*message)->data(), (*message)->size()));
  }

  SinkStream stream_;
};

}  // namespace

std::unique_ptr<BatchOutput> make_batch_output(const std::shared_ptr<arrow::Schema>& schema,
                                               ByteSink sink, const WriterOptions& options) {
  if (options.format == TableFormat::kArrowStream) {
    return std::make_unique<StreamOutput>(*schema, std::move(sink), options.continues);
  }
  return std::make_unique<ParquetOutput>(schema, std::move(sink));
}

}  // namespace hezar::table
