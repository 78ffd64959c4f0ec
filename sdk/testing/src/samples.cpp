#include <samples.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace hezar::testing {

Strings sample_texts() {
  return {"سلام دنیا", "a small text", "یک متن بلندتر برای آزمون است", "hello", "کتاب و باغ"};
}

std::string invalid_text() {
  return "text \xff\xfe\xc3";
}

Strings sample_corpus() {
  Strings out = sample_texts();
  for (const char* text : {"سلام بر همه دنیا", "the small book and the long text",
                           "باغ کتاب در یک متن بلند است", "hello small world of texts"}) {
    out.emplace_back(text);
  }
  const Strings once = out;
  for (int i = 0; i < 4; ++i) out.insert(out.end(), once.begin(), once.end());
  return out;
}

std::vector<Strings> sample_sentences() {
  std::vector<Strings> out;
  for (const std::string& text : sample_corpus()) {
    Strings& words = out.emplace_back();
    std::size_t begin = 0;
    while (begin < text.size()) {
      const std::size_t end = std::min(text.find(' ', begin), text.size());
      words.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  return out;
}

Tensors sample_images() {
  Tensors out;
  for (const std::int64_t size : {32, 24, 40}) {
    Tensor image = Tensor::empty({32, size, 3}, DType::kUInt8);
    std::size_t i = 0;
    for (std::uint8_t& value : image.values<std::uint8_t>()) {
      value = static_cast<std::uint8_t>(i++ * 37U % 256U);
    }
    out.push_back(std::move(image));
  }
  return out;
}

Tensors sample_waveforms() {
  Tensors out;
  for (const std::int64_t samples : {1600, 2400, 800}) {
    Tensor waveform = Tensor::empty({samples}, DType::kFloat32);
    float i = 0;
    for (float& value : waveform.values<float>()) value = 0.5F * std::sin(i++ * 0.05F);
    out.push_back(std::move(waveform));
  }
  return out;
}

}  // namespace hezar::testing
