#pragma once

#include <string_view>

#include <hezar/roberta/roberta_config.hpp>

namespace hezar::roberta {

/// Positions count from the padding id on; the encoder registers as "roberta".
[[nodiscard]] torch::TextEncoderModelOptions options(std::string_view model,
                                                     const RobertaFields& config);

}  // namespace hezar::roberta
