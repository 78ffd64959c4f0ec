// predict MODEL TEXT... [--save FOLDER]
//
// MODEL is a folder, the Hub's owner/name, or a registry name, which builds a new model. Prints one
// line of JSON a text;
// --save writes the model, loads it again, and fails where the copy predicts something else.

#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>

#include <hezar/config/json.hpp>
#include <hezar/module/model.hpp>
#include <hezar/registry/builders.hpp>

namespace {

std::unique_ptr<hezar::Model> open(const std::string& model) {
  const bool is_path = model.find('/') != std::string::npos;
  return is_path ? hezar::Model::load(model) : hezar::build_model(model);
}

int run(const std::string& name, const hezar::Strings& texts, const std::string& copy) {
  const std::unique_ptr<hezar::Model> model = open(name);
  const boost::json::array predictions = hezar::to_json(model->predict(texts));
  for (const boost::json::value& prediction : predictions) {
    std::cout << hezar::json::write(prediction) << "\n";
  }
  if (copy.empty()) return 0;
  model->save(copy);
  if (hezar::to_json(hezar::Model::load(copy)->predict(texts)) == predictions) return 0;
  std::cerr << copy << ": the saved model predicts something else\n";
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  hezar::Strings arguments(argv + 1, argv + argc);
  std::string copy;
  if (arguments.size() > 2 && arguments[arguments.size() - 2] == "--save") {
    copy = arguments.back();
    arguments.resize(arguments.size() - 2);
  }
  if (arguments.size() < 2) {
    std::cerr << "usage: predict MODEL TEXT... [--save FOLDER]\n";
    return 2;
  }
  try {
    return run(arguments.front(), {arguments.begin() + 1, arguments.end()}, copy);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
