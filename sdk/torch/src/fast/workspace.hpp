#pragma once

#include <cstddef>
#include <cstdint>

#include <fast/buffer.hpp>
#include <fast/packed_layer.hpp>
#include <fast/sequences.hpp>
#include <fast/team.hpp>

namespace hezar::torch::fast {

/// Memory of Rows.
class RowsBuffer {
 public:
  Rows grow(Format format, std::int64_t rows, std::int64_t columns) {
    const auto count = static_cast<std::size_t>(rows);
    Rows out;
    out.words = words_.grow(count * static_cast<std::size_t>(words_of(format, columns)));
    if (format != Format::kInt8) return out;
    out.scales = scales_.grow(count);
    out.zeros = zeros_.grow(count);
    return out;
  }

 private:
  Buffer<std::uint32_t> words_;
  Buffer<float> scales_;
  Buffer<float> zeros_;
};

/// The activations of one group on its way through the layers.
struct Workspace {
  Buffer<float> hidden;           ///< [rows, hidden]
  Buffer<float> query_key_value;  ///< [rows, 3 hidden]
  Buffer<float> context;          ///< [rows, hidden]
  Buffer<float> inner;            ///< [rows_at_once, intermediate]
  RowsBuffer input;
  RowsBuffer inner_words;
  Rows input_rows;  ///< what the next product reads
  Rows inner_rows;
};

/// Rows whose feed-forward is computed at a time.
[[nodiscard]] std::int64_t rows_at_once(std::int64_t rows, const Team& team);

/// One layer over memory.hidden, in place.
void run_layer(const PackedEncoderOptions& options, const PackedLayer& layer, const Group& group,
               const Team& team, Workspace& memory);

}  // namespace hezar::torch::fast
