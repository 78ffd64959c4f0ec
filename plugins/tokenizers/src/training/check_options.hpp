#pragma once

#include <hezar/tokenizers/training.hpp>

namespace hezar::tokenizers {

/// @throws Error kConfig for values that no training can use.
void check_training_options(const TrainingOptions& options);

/// @throws Error kCancelled when `options.stop` asks for it.
void check_stop(const TrainingOptions& options);

}  // namespace hezar::tokenizers
