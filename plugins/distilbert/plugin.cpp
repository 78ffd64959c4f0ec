#include <hezar/distilbert/distilbert.hpp>
#include <hezar/distilbert/distilbert_mask_filling.hpp>
#include <hezar/distilbert/distilbert_sequence_labeling.hpp>
#include <hezar/distilbert/distilbert_text_classification.hpp>
#include <hezar/distilbert/distilbert_text_embedding.hpp>
#include <hezar/plugin.hpp>

HEZAR_PLUGIN(distilbert) {
  registrar.model<hezar::DistilBert>(
      "DistilBERT without a head: a vector for every token of a text.");
  registrar.model<hezar::DistilBertMaskFilling>("DistilBERT that guesses a masked token.");
  registrar.model<hezar::DistilBertTextClassification>(
      "DistilBERT that assigns a text to a class: sentiment, topic, language.");
  registrar.model<hezar::DistilBertSequenceLabeling>(
      "DistilBERT that labels every token: parts of speech, named entities.");
  registrar.model<hezar::DistilBertTextEmbedding>("DistilBERT that gives a vector for a text.");
}
