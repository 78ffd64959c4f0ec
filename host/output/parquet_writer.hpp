#pragma once

#include <memory>

#include <output/entry_writer.hpp>

namespace hezar::host {

/// Entries as rows of a Parquet file, or of the Arrow stream that becomes one.
[[nodiscard]] std::unique_ptr<EntryWriter> make_parquet_writer(Sink sink, EntryShape shape,
                                                               bool is_stream);

}  // namespace hezar::host
