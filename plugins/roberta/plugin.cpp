#include <hezar/plugin.hpp>
#include <hezar/roberta/roberta.hpp>
#include <hezar/roberta/roberta_mask_filling.hpp>
#include <hezar/roberta/roberta_sequence_labeling.hpp>
#include <hezar/roberta/roberta_text_classification.hpp>
#include <hezar/roberta/roberta_text_embedding.hpp>

HEZAR_PLUGIN(roberta) {
  registrar.model<hezar::Roberta>("RoBERTa without a head: a vector for every token of a text.");
  registrar.model<hezar::RobertaMaskFilling>("RoBERTa that guesses a masked token.");
  registrar.model<hezar::RobertaTextClassification>(
      "RoBERTa that assigns a text to a class: sentiment, topic, language.");
  registrar.model<hezar::RobertaSequenceLabeling>(
      "RoBERTa that labels every token: parts of speech, named entities.");
  registrar.model<hezar::RobertaTextEmbedding>("RoBERTa that gives a vector for a text.");
}
