#pragma once

#include <string_view>

#include <hezar/bert/bert_config.hpp>

namespace hezar::bert {

/// Positions count from zero; the encoder registers as "bert".
[[nodiscard]] torch::TextEncoderModelOptions options(std::string_view model,
                                                     const BertFields& config);

}  // namespace hezar::bert
