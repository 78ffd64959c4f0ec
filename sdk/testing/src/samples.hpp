#pragma once

#include <string>
#include <vector>

#include <hezar/tensor/columns.hpp>

/// What modules are tried with where no golden file says something better.
namespace hezar::testing {

/// Texts in two scripts, short and long, none empty.
[[nodiscard]] Strings sample_texts();
/// Bytes that are no UTF-8.
[[nodiscard]] std::string invalid_text();
/// Texts to learn a vocabulary from; the words of sample_texts() are in it.
[[nodiscard]] Strings sample_corpus();
/// The same as words, often enough for a word to be kept.
[[nodiscard]] std::vector<Strings> sample_sentences();
/// Images [height, width, channels] of uint8 and waveforms [samples] of float32.
[[nodiscard]] Tensors sample_images();
[[nodiscard]] Tensors sample_waveforms();

}  // namespace hezar::testing
