#include <fast/packed_encoder.hpp>

#include <algorithm>
#include <utility>

namespace hezar::torch::fast {

struct PackedEncoder::Outputs {
  float* last;
  std::vector<float*> layers;  ///< empty: not collected
};

/// A workspace for the time of one call.
class PackedEncoder::Lease {
 public:
  explicit Lease(const PackedEncoder& owner) : owner_(owner) {
    const std::scoped_lock lock(owner_.mutex_);
    if (owner_.idle_.empty()) {
      memory_ = std::make_unique<Workspace>();
      return;
    }
    memory_ = std::move(owner_.idle_.back());
    owner_.idle_.pop_back();
  }
  ~Lease() {
    const std::scoped_lock lock(owner_.mutex_);
    owner_.idle_.push_back(std::move(memory_));
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  [[nodiscard]] Workspace& memory() { return *memory_; }

 private:
  const PackedEncoder& owner_;
  std::unique_ptr<Workspace> memory_;
};

PackedEncoder::PackedEncoder(PackedEncoderOptions options, std::vector<PackedLayer> layers)
    : options_(options), layers_(std::move(layers)) {}

PackedEncoder::~PackedEncoder() = default;

at::Tensor PackedEncoder::run(const at::Tensor& x, const std::vector<Sequence>& sequences,
                              std::vector<at::Tensor>* collect) const {
  at::Tensor last = at::zeros_like(x);
  Outputs outputs{last.mutable_data_ptr<float>(), {}};
  if (collect != nullptr) {
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      collect->push_back(i + 1 == layers_.size() ? last : at::zeros_like(x));
      outputs.layers.push_back(collect->back().mutable_data_ptr<float>());
    }
  }
  const auto* from = x.const_data_ptr<float>();
  const Shares shares = share_out(sequences, num_threads());
  if (!shares.one_thread_each) {
    for (const Group& group : shares.groups)
      run_group(group, Team::of_all_threads(), from, outputs);
    return last;
  }
  const auto count = static_cast<std::int64_t>(shares.groups.size());
  run_parts(count, [&](Range part) {
    for (std::int64_t i = part.begin; i < part.end; ++i) {
      run_group(shares.groups[static_cast<std::size_t>(i)], Team::of_one(), from, outputs);
    }
  });
  return last;
}

void PackedEncoder::make_room(const Group& group, const Team& team, Workspace& memory) const {
  const std::int64_t size = options_.hidden_size;
  const std::int64_t inner = options_.intermediate_size;
  const std::int64_t at_once = rows_at_once(group.rows, team);
  const auto elements = static_cast<std::size_t>(group.rows * size);
  memory.hidden.grow(elements);
  memory.context.grow(elements);
  memory.query_key_value.grow(3 * elements);
  memory.inner.grow(static_cast<std::size_t>(at_once * inner));
  memory.input_rows = memory.input.grow(options_.format, group.rows, size);
  memory.inner_rows = memory.inner_words.grow(options_.format, at_once, inner);
}

void PackedEncoder::run_group(const Group& group, const Team& team, const float* x,
                              const Outputs& outputs) const {
  Lease lease(*this);
  Workspace& memory = lease.memory();
  make_room(group, team, memory);
  const std::int64_t size = options_.hidden_size;
  const auto copy_rows = [&](float* to) {
    const float* row = memory.hidden.data();
    for (const Sequence& sequence : group.sequences) {
      std::copy_n(row, sequence.queries * size, to + sequence.first_row * size);
      row += sequence.queries * size;
    }
  };
  float* row = memory.hidden.data();
  for (const Sequence& sequence : group.sequences) {
    row = std::copy_n(x + sequence.first_row * size, sequence.queries * size, row);
  }
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    run_layer(options_, layers_[i], group, team, memory);
    if (!outputs.layers.empty()) copy_rows(outputs.layers[i]);
  }
  copy_rows(outputs.last);
}

}  // namespace hezar::torch::fast
