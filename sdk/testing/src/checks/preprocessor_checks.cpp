#include <checks/preprocessor_checks.hpp>

#include <hezar/module/tokenizer.hpp>
#include <hezar/text/concat.hpp>

#include <samples.hpp>
#include <subject.hpp>
#include <values.hpp>

namespace hezar::testing {

namespace {

using text::concat;

bool takes_texts(Preprocessor& preprocessor) {
  return preprocessor.as<Tokenizer>() != nullptr || preprocessor.as<TextNormalizer>() != nullptr;
}

/// Raw inputs of the kind that a preprocessor takes, one row each.
std::vector<Column> sample_rows(ModuleSubject& subject, Preprocessor& preprocessor) {
  std::vector<Column> out;
  if (subject.sample() != nullptr && subject.sample()->inputs.is_array()) {
    for (const boost::json::value& row : subject.sample()->inputs.get_array()) {
      out.push_back(to_column(boost::json::array{row}));
    }
  } else if (takes_texts(preprocessor)) {
    for (std::string& text : sample_texts()) out.emplace_back(Strings{std::move(text)});
  } else if (preprocessor.as<ImageProcessor>() != nullptr) {
    for (Tensor& image : sample_images()) out.emplace_back(Tensors{std::move(image)});
  } else if (preprocessor.as<AudioFeatureExtractor>() != nullptr) {
    for (Tensor& waveform : sample_waveforms()) out.emplace_back(Tensors{std::move(waveform)});
  } else {
    throw Skipped{"is of no family whose inputs are known. Give a golden file with inputs"};
  }
  return out;
}

Inputs process(const Preprocessor& preprocessor, Column raw) {
  return preprocessor.process({{std::string(kRawInputs), std::move(raw)}}, {});
}

boost::json::array process_each(const Preprocessor& preprocessor, const std::vector<Column>& rows) {
  boost::json::array out;
  for (const Column& row : rows) out.push_back(to_json(process(preprocessor, row)));
  return out;
}

/// What a family of texts gives for each of them.
boost::json::array texts_result(Preprocessor& preprocessor, const Strings& texts) {
  boost::json::array out;
  if (const Tokenizer* tokenizer = preprocessor.as<Tokenizer>()) {
    for (const Encoding& row : tokenizer->encode(texts)) out.push_back(to_json(row.ids));
  } else {
    const Strings normalized = preprocessor.as<TextNormalizer>()->normalize(texts, {});
    out = to_json(Column(normalized)).as_array();
  }
  return out;
}

}  // namespace

Fault check_preprocessor_determinism(ModuleSubject& subject) {
  const auto preprocessor = subject.make<Preprocessor>();
  const std::vector<Column> rows = sample_rows(subject, *preprocessor);
  const std::string fault =
      difference(process_each(*preprocessor, rows), process_each(*preprocessor, rows), 0);
  if (fault.empty()) return {};
  return concat("the same inputs give another result the second time: ", fault,
                ". Keep no state between calls");
}

Fault check_preprocessor_batch(ModuleSubject& subject) {
  const auto preprocessor = subject.make<Preprocessor>();
  if (!takes_texts(*preprocessor)) throw NotApplicable();
  const Strings texts = sample_texts();
  const boost::json::array all = texts_result(*preprocessor, texts);
  if (all.size() != texts.size()) {
    return concat("expected a result for each of ", texts.size(), " texts, got ", all.size());
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const boost::json::array alone = texts_result(*preprocessor, {texts[i]});
    const std::string fault = difference(alone, boost::json::array{all[i]}, 0);
    if (fault.empty()) continue;
    return concat("\"", texts[i], "\" gives another result alone than among others: ", fault);
  }
  return {};
}

Fault check_preprocessor_bad_text(ModuleSubject& subject) {
  const auto preprocessor = subject.make<Preprocessor>();
  if (!takes_texts(*preprocessor)) throw NotApplicable();
  for (const std::string text : {"", " \n\t "}) {
    const Fault fault = only_ordinary_errors(concat("the text \"", text, '"'), [&] {
      static_cast<void>(texts_result(*preprocessor, {text}));
    });
    if (!fault.empty()) return fault;
  }
  return must_refuse("a text that is no UTF-8", [&] {
    static_cast<void>(texts_result(*preprocessor, {"fine", invalid_text()}));
  });
}

Fault check_preprocessor_options(ModuleSubject& subject) {
  const auto preprocessor = subject.make<Preprocessor>();
  const std::vector<Column> rows = sample_rows(subject, *preprocessor);
  return must_refuse("an unknown option of process", [&] {
    static_cast<void>(preprocessor->process({{std::string(kRawInputs), rows.front()}},
                                            {{"hezar_check_unknown_option", 7}}));
  });
}

Fault check_preprocessor_save(ModuleSubject& subject) {
  const auto preprocessor = subject.make<Preprocessor>();
  const std::vector<Column> rows = sample_rows(subject, *preprocessor);
  const std::filesystem::path folder = subject.new_folder();
  preprocessor->save(folder);
  const auto loaded = std::static_pointer_cast<Preprocessor>(subject.load(folder));
  const std::string fault =
      difference(process_each(*preprocessor, rows), process_each(*loaded, rows), 0);
  if (fault.empty()) return {};
  return concat("loaded from the folder that it saved it gives other results: ", fault,
                ". Write all that it needs in save_files()");
}

}  // namespace hezar::testing
