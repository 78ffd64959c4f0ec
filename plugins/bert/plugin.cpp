#include <hezar/bert/bert.hpp>
#include <hezar/bert/bert_mask_filling.hpp>
#include <hezar/bert/bert_sequence_labeling.hpp>
#include <hezar/bert/bert_text_classification.hpp>
#include <hezar/bert/bert_text_embedding.hpp>
#include <hezar/plugin.hpp>

HEZAR_PLUGIN(bert) {
  registrar.model<hezar::Bert>("BERT without a head: a vector for every token of a text.");
  registrar.model<hezar::BertMaskFilling>("BERT that guesses a masked token.");
  registrar.model<hezar::BertTextClassification>(
      "BERT that assigns a text to a class: sentiment, topic, language.");
  registrar.model<hezar::BertSequenceLabeling>(
      "BERT that labels every token: parts of speech, named entities.");
  registrar.model<hezar::BertTextEmbedding>("BERT that gives a vector for a text.");
}
