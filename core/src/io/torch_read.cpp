#include <hezar/io/torch_file.hpp>

#include <io/pickle_machine.hpp>
#include <io/torch_archive.hpp>
#include <io/torch_dtype.hpp>
#include <io/torch_tensors.hpp>

namespace hezar::io {

StateDict read_torch(const std::filesystem::path& file, const ReadOptions& options) {
  TorchArchive archive(file, options.mmap);
  const pickle::Tree tree =
      pickle::Machine(archive.pickle(), torch_allow_list(), archive.name()).run();
  return TorchTensors(archive, tree).state_dict();
}

}  // namespace hezar::io
