#pragma once

#include <string_view>

#include <hezar/distilbert/distilbert_config.hpp>

namespace hezar::distilbert {

inline constexpr double kLayerNormEps = 1e-12;  // no field of the config

/// No token types, no pooler; the encoder registers as "distilbert".
[[nodiscard]] torch::TextEncoderModelOptions options(std::string_view model,
                                                     const DistilBertFields& config);

}  // namespace hezar::distilbert
