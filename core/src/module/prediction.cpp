#include <hezar/module/prediction.hpp>

#include <type_traits>

#include <hezar/config/described.hpp>

namespace hezar {

namespace {

boost::json::value item_json(const std::string& value) {
  return boost::json::value(boost::json::string(value));
}
boost::json::value item_json(std::int64_t value) {
  return value;
}
boost::json::value item_json(double value) {
  return value;
}
boost::json::value item_json(const Span& span) {
  return {span.start, span.end};
}
boost::json::value item_json(const Tensor& tensor) {
  return to_json(tensor);
}
template <class T>
boost::json::value item_json(const std::vector<T>& items) {
  boost::json::array out;
  out.reserve(items.size());
  for (const T& item : items) out.push_back(item_json(item));
  return out;
}

boost::json::value column_json(const Column& column) {
  return std::visit([](const auto& value) { return item_json(value); }, column);
}

boost::json::value answer_json(const boost::json::value& value) {
  return value;
}
boost::json::value answer_json(const TextEmbedding& embedding) {
  boost::json::object out;
  out["vector"] = to_json(embedding.vector);
  return out;
}
boost::json::value answer_json(const Outputs& outputs) {
  boost::json::object out;
  for (const auto& [name, column] : outputs) out[name] = column_json(column);
  return out;
}
template <class T>
  requires(Described<T> || detail::kIsVector<T>)
boost::json::value answer_json(const T& answer) {
  return to_json_value(answer);
}

}  // namespace

boost::json::value to_json(const Prediction& prediction) {
  return std::visit([](const auto& answer) { return answer_json(answer); }, prediction);
}

boost::json::array to_json(const Predictions& predictions) {
  boost::json::array out;
  out.reserve(predictions.size());
  for (const Prediction& prediction : predictions) out.push_back(to_json(prediction));
  return out;
}

}  // namespace hezar
