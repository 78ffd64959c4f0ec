#pragma once

#include <hezar/tokenizers/training.hpp>

namespace hezar::tokenizers {

/// @throws Error kConfig for values that no training can use.
void check_training_options(const TrainingOptions& options);

}  // namespace hezar::tokenizers
