#include <algorithm>
#include <vector>

#include <fast/workspace.hpp>

namespace hezar::torch::fast {

namespace {

// Rows whose feed-forward a thread computes at once: their inner activations stay in its cache.
constexpr std::int64_t kFeedForwardRows = 96;

const std::vector<float> kNoFactors;

void multiply_all(const PackedLinear& linear, const Rows& x, const Product& product,
                  std::int64_t rows, const Team& team) {
  const PackedWeight weight = linear.weight();
  team.share(weight.num_panels(),
             [&](Range panels) { multiply(weight, x, product, {0, rows}, panels); });
}

/// Rows of floats, times `factors` where there are any, rotated for int8, in the format of the
/// weights.
struct Conversion {
  Format format;
  std::int64_t size;
  const std::vector<float>& factors;
  Rows to;

  /// @param spare  memory for a row; may be `from`.
  void operator()(const float* from, std::int64_t row, float* spare) const {
    if (!factors.empty()) {
      scale_row(from, factors.data(), size, spare);
      from = spare;
    }
    if (format == Format::kInt8) {
      rotate_row(from, size, spare);
      from = spare;
    }
    convert_row(format, from, size, to, row);
  }
};

void convert(const Conversion& conversion, const float* from, std::int64_t count,
             const Team& team) {
  team.share(count, [&](Range rows) {
    std::vector<float> spare(static_cast<std::size_t>(conversion.size));
    for (std::int64_t row = rows.begin; row < rows.end; ++row)
      conversion(from + row * conversion.size, row, spare.data());
  });
}

/// Normalizes rows, converted where `conversion` is not null.
/// @param in_place  otherwise x stays, for what follows is added to it.
void normalize(const PackedNorm& norm, float* x, bool in_place, std::int64_t size,
               std::int64_t count, const Conversion* conversion, const Team& team) {
  const auto* weight = norm.weight.const_data_ptr<float>();
  const auto* bias = norm.bias.const_data_ptr<float>();
  team.share(count, [&](Range rows) {
    std::vector<float> spare(static_cast<std::size_t>(size));
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
      float* y = in_place ? x + row * size : spare.data();
      layer_norm_row(x + row * size, size, weight, bias, norm.eps, y);
      if (conversion != nullptr) (*conversion)(y, row, spare.data());
    }
  });
}

/// Softmax attention of each sequence on itself, head by head.
void attend_all(const PackedEncoderOptions& options, const Group& group, const Team& team,
                Workspace& memory) {
  const std::int64_t hidden = options.hidden_size;
  const std::int64_t size = hidden / options.num_heads;
  std::vector<std::int64_t> first_rows;
  std::int64_t next = 0;
  for (const Sequence& sequence : group.sequences) {
    first_rows.push_back(next);
    next += sequence.queries;
  }
  const auto sequences = static_cast<std::int64_t>(group.sequences.size());
  team.share(sequences * options.num_heads, [&](Range heads) {
    thread_local Buffer<float> scratch;
    for (std::int64_t i = heads.begin; i < heads.end; ++i) {
      const auto index = static_cast<std::size_t>(i / options.num_heads);
      const Sequence& sequence = group.sequences[index];
      const std::int64_t column = i % options.num_heads * size;
      AttentionHead head;
      head.stride = 3 * hidden;
      head.query = memory.query_key_value.data() + first_rows[index] * head.stride + column;
      head.key = head.query + hidden;
      head.value = head.key + hidden;
      head.queries = sequence.queries;
      head.keys = sequence.keys;
      head.size = size;
      head.context = memory.context.data() + first_rows[index] * hidden + column;
      head.context_stride = hidden;
      attend(head, scratch.grow(static_cast<std::size_t>(attention_scratch(head.keys, size))));
    }
  });
}

/// hidden += W2 act(W1 input), some rows at a time where one thread does them all.
void feed_forward(const PackedEncoderOptions& options, const PackedLayer& layer, const Team& team,
                  std::int64_t count, Workspace& memory) {
  const Format format = options.format;
  const std::int64_t hidden = options.hidden_size;
  const std::int64_t inner = options.intermediate_size;
  const std::int64_t at_once = rows_at_once(count, team);
  for (std::int64_t begin = 0; begin < count; begin += at_once) {
    const std::int64_t rows = std::min(at_once, count - begin);
    Product product{memory.inner.data(), inner, nullptr, options.activation};
    const Rows input = memory.input_rows.from(begin, words_of(format, hidden));
    multiply_all(layer.intermediate, input, product, rows, team);
    convert({format, inner, kNoFactors, memory.inner_rows}, memory.inner.data(), rows, team);
    float* to = memory.hidden.data() + begin * hidden;
    product = {to, hidden, to, Activation::kNone};
    multiply_all(layer.output, memory.inner_rows, product, rows, team);
  }
}

}  // namespace

std::int64_t rows_at_once(std::int64_t rows, const Team& team) {
  return team.is_alone() ? std::min(rows, kFeedForwardRows) : rows;
}

void run_layer(const PackedEncoderOptions& options, const PackedLayer& layer, const Group& group,
               const Team& team, Workspace& memory) {
  const std::int64_t hidden = options.hidden_size;
  const bool in_place = !options.norm_first;
  float* x = memory.hidden.data();
  const auto conversion = [&](const std::vector<float>& factors) {
    return Conversion{options.format, hidden, factors, memory.input_rows};
  };
  const auto norm = [&](const PackedNorm& which, const Conversion* to) {
    normalize(which, x, in_place, hidden, group.rows, to, team);
  };

  const Conversion to_attention = conversion(layer.attention_factors);
  if (options.norm_first) {
    norm(layer.attention_norm, &to_attention);
  } else {
    convert(to_attention, x, group.rows, team);
  }
  Product product{memory.query_key_value.data(), 3 * hidden, nullptr, Activation::kNone};
  multiply_all(layer.query_key_value, memory.input_rows, product, group.rows, team);
  attend_all(options, group, team, memory);
  convert(conversion(kNoFactors), memory.context.data(), group.rows, team);
  product = {x, hidden, x, Activation::kNone};
  multiply_all(layer.attention_output, memory.input_rows, product, group.rows, team);

  const Conversion to_feed_forward = conversion(layer.feed_forward_factors);
  norm(options.norm_first ? layer.output_norm : layer.attention_norm, &to_feed_forward);
  feed_forward(options, layer, team, group.rows, memory);
  if (!options.norm_first) norm(layer.output_norm, nullptr);
}

}  // namespace hezar::torch::fast
