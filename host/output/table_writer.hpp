#pragma once

#include <memory>

#include <output/entry_writer.hpp>

namespace hezar::host {

/// Rows of entries in aligned columns, window by window.
[[nodiscard]] std::unique_ptr<EntryWriter> make_table_writer(Sink sink, Style style,
                                                             EntryShape shape);
/// Rows of entries as RFC 4180 has them; every row has its input.
[[nodiscard]] std::unique_ptr<EntryWriter> make_csv_writer(Sink sink, EntryShape shape);

}  // namespace hezar::host
