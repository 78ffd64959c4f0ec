#include <hezar/module/trainable_tokenizer.hpp>

namespace hezar {

TrainableTokenizer::~TrainableTokenizer() = default;

}  // namespace hezar
