#include <hub/test_hub.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>

namespace hezar::test {

namespace {

struct Pipe {
  std::array<int, 2> ends = {};
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
  }
};

pid_t start_server(const std::string& folder, int input, int output) {
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  std::array<std::string, 4> words = {"python3", HEZAR_TEST_HUB, "--root", folder};
  std::array<char*, 5> argv = {words[0].data(), words[1].data(), words[2].data(), words[3].data()};
  pid_t child = -1;
  const int failed =
      ::posix_spawnp(&child, words[0].c_str(), &actions, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error("python3 does not start");
  return child;
}

std::string read_line(int descriptor) {
  std::string line;
  for (char c = 0; ::read(descriptor, &c, 1) == 1 && c != '\n';) line.push_back(c);
  return line;
}

}  // namespace

TestHub::TestHub() {
  std::string pattern = (std::filesystem::temp_directory_path() / "hezar-hub-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
  folder_ = pattern;
  const Pipe input;
  const Pipe output;
  child_ = start_server(folder_.string(), input.ends[0], output.ends[1]);
  ::close(input.ends[0]);
  ::close(output.ends[1]);
  input_ = input.ends[1];
  const std::string line = read_line(output.ends[0]);
  ::close(output.ends[0]);
  if (line.empty()) throw std::runtime_error("the test hub does not start");
  const boost::json::object urls = boost::json::parse(line).as_object();
  url_ = std::string(urls.at("url").as_string());
  cdn_url_ = std::string(urls.at("cdn_url").as_string());
}

TestHub::~TestHub() {
  ::close(input_);  // the server's sign to end
  ::waitpid(child_, nullptr, 0);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

boost::json::value TestHub::ask(std::string_view method, std::string_view what,
                                std::string_view body) {
  const std::string authority = url_.substr(std::string_view("http://").size());
  const std::size_t colon = authority.find(':');
  boost::asio::ip::tcp::iostream stream(authority.substr(0, colon), authority.substr(colon + 1));
  stream << method << " /_hub/" << what << " HTTP/1.1\r\nHost: " << authority
         << "\r\nConnection: close\r\nContent-Length: " << body.size() << "\r\n\r\n"
         << body << std::flush;
  const std::string answer{std::istreambuf_iterator<char>(stream), {}};
  const std::size_t end = answer.find("\r\n\r\n");
  if (end == std::string::npos || answer.find(" 200 ") > answer.find("\r\n")) {
    throw std::runtime_error("the test hub answered: " + answer);
  }
  return boost::json::parse(std::string_view(answer).substr(end + 4));
}

std::string TestHub::put_repo(const boost::json::value& repo) {
  return std::string(ask("POST", "repos", boost::json::serialize(repo)).at("commit").as_string());
}

std::string TestHub::put_model(std::string_view id, boost::json::object files) {
  return put_repo(boost::json::object{{"id", id}, {"files", std::move(files)}});
}

void TestHub::fault(std::string_view rule) {
  ask("POST", "faults", rule);
}

void TestHub::clear_faults() {
  ask("DELETE", "faults", {});
}

void TestHub::set(std::string_view settings) {
  ask("POST", "settings", settings);
}

boost::json::array TestHub::log() {
  return ask("GET", "log", {}).as_array();
}

void TestHub::clear_log() {
  ask("DELETE", "log", {});
}

std::size_t TestHub::count(std::string_view method, std::string_view part) {
  std::size_t found = 0;
  for (const boost::json::value& request : log()) {
    const bool is_method = method.empty() || request.at("method").as_string() == method;
    const std::string_view target = request.at("target").as_string();
    if (is_method && target.find(part) != std::string_view::npos) ++found;
  }
  return found;
}

std::int64_t TestHub::bytes_from_cdn() {
  std::int64_t bytes = 0;
  for (const boost::json::value& request : log()) {
    if (request.at("server").as_string() == "cdn")
      bytes += request.at("sent").to_number<std::int64_t>();
  }
  return bytes;
}

boost::json::array TestHub::commits(std::string_view id, std::string_view revision,
                                    std::string_view type) {
  const std::string what = "commits?id=" + std::string(id) + "&type=" + std::string(type);
  const boost::json::object by_revision = ask("GET", what, {}).as_object();
  const boost::json::value* commits = by_revision.if_contains(revision);
  return commits == nullptr ? boost::json::array() : commits->as_array();
}

std::string TestHub::content(std::string_view id, std::string_view path) {
  const boost::json::array all = commits(id);
  const boost::json::object& entry = all.at(0).at("files").as_object().at(path).as_object();
  const boost::json::value* large = entry.if_contains("sha256");
  const std::filesystem::path file =
      large != nullptr ? folder_ / "lfs" / std::string_view(large->as_string())
                       : folder_ / "git" / std::string_view(entry.at("oid").as_string());
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace hezar::test
