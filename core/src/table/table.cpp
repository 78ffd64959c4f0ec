#include <exception>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>
#include <io/opened_library.hpp>
#include <table/backend.hpp>

namespace hezar::table {

namespace {

const Backend*& known_backend() {
  static const Backend* backend = nullptr;
  return backend;
}

#ifdef HEZAR_WITH_ARROW
constexpr const char* kLibrary = "libhezar-arrow.so.0";

const Backend& open() {
  try {
    static_cast<void>(io::open_library(io::beside_libhezar(kLibrary)));
  } catch (const std::exception& error) {
    throw Error(ErrorCode::kDependency,
                text::concat("Parquet: expected ", kLibrary, ", got: ", error.what()),
                "Install hezar again, or use .csv or .jsonl.");
  }
  HEZAR_ASSERT(known_backend() != nullptr, "libhezar-arrow names its backend when it is opened");
  return *known_backend();
}
#else
const Backend& open() {
  throw expected_error(ErrorCode::kDependency, "Parquet", "a hezar built with Apache Arrow",
                       "one without",
                       "Use .csv or .jsonl, or build hezar with -DHEZAR_WITH_ARROW=ON.");
}
#endif

const Backend& backend() {
  static const Backend& opened = open();
  return opened;
}

}  // namespace

TextColumnReader::TextColumnReader() = default;
TextColumnReader::~TextColumnReader() = default;
RowWriter::RowWriter() = default;
RowWriter::~RowWriter() = default;
Backend::Backend() = default;
Backend::~Backend() = default;

void set_backend(const Backend& backend) noexcept {
  known_backend() = &backend;
}

std::unique_ptr<TextColumnReader> read_text_column(const std::filesystem::path& file,
                                                   const std::string& column) {
  return backend().read_text_column(file, column);
}

std::unique_ptr<RowWriter> write_rows(std::vector<ColumnType> columns, ByteSink sink,
                                      const WriterOptions& options) {
  return backend().write_rows(std::move(columns), std::move(sink), options);
}

void stream_to_parquet(const std::filesystem::path& stream, const ByteSink& sink) {
  backend().stream_to_parquet(stream, sink);
}

void require_parquet() {
  static_cast<void>(backend());
}

}  // namespace hezar::table
