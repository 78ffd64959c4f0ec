// Pushes what a folder holds: `push_module FOLDER REPO`. What check_hub.py asks of the C++ side.

#include <exception>
#include <filesystem>
#include <iostream>
#include <string>

#include <hezar/module/model.hpp>

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: push_module FOLDER REPO\n";
    return 2;
  }
  try {
    const std::string folder = argv[1];
    const bool is_model = std::filesystem::exists(folder + "/model_config.yaml");
    const auto result = is_model ? hezar::Model::load(folder)->push_to_hub(argv[2])
                                 : hezar::Preprocessors::load(folder).push_to_hub(argv[2]);
    std::cout << result.commit << "\n";
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
