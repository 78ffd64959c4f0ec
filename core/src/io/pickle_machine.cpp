#include <io/pickle_machine.hpp>

#include <utility>

#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

#include <io/bytes.hpp>
#include <io/pickle_opcodes.hpp>

namespace hezar::io::pickle {

namespace {

constexpr std::size_t kMaxLine = 256;  // bytes of a module's or name's line
constexpr std::uint8_t kMaxProtocol = 5;

}  // namespace

Error Machine::error(std::string_view expected, std::string_view got, std::string hint) const {
  if (hint.empty()) hint = "The file is damaged or was made to mislead.";
  return expected_error(ErrorCode::kFormat, file_,
                        text::concat(expected, " at byte ", at_, " of the pickle"), got,
                        std::move(hint));
}

Tree Machine::run() {
  if (bytes_.size() > kMaxBytes) {
    throw error(text::concat("a pickle of at most ", kMaxBytes, " bytes"),
                std::to_string(bytes_.size()));
  }
  while (true) {
    const char opcode = take(1).front();
    if (opcode == kOpStop) break;
    if (run_scalar(opcode) || run_container(opcode) || run_memo(opcode) || run_object(opcode))
      continue;
    throw error("an opcode that torch.save writes",
                text::concat("code ", int{static_cast<unsigned char>(opcode)}),
                "Nothing was executed. Save it again with torch.save(state_dict, path).");
  }
  if (stack_.size() != 1 || !marks_.empty() || at_ != bytes_.size())
    throw error("one value and the end of the pickle", "more");
  tree_.root = stack_.front();
  check_depth();
  return std::move(tree_);
}

bool Machine::run_scalar(char opcode) {
  switch (opcode) {
    case kOpProto:
      if (take_number<std::uint8_t>() > kMaxProtocol) throw error("protocol 2", "a newer one");
      return true;
    case kOpNone:
      push(Node(Kind::kNone));
      return true;
    case kOpNewTrue:
    case kOpNewFalse:
      push(Node(Kind::kBool, std::int64_t{opcode == kOpNewTrue}));
      return true;
    case kOpBinInt:
      push(Node(Kind::kInt, std::int64_t{static_cast<std::int32_t>(take_number<std::uint32_t>())}));
      return true;
    case kOpBinInt1:
      push(Node(Kind::kInt, std::int64_t{take_number<std::uint8_t>()}));
      return true;
    case kOpBinInt2:
      push(Node(Kind::kInt, std::int64_t{take_number<std::uint16_t>()}));
      return true;
    case kOpLong1:
      push_long();
      return true;
    case kOpBinFloat:
      push_float();
      return true;
    case kOpBinUnicode: {
      const std::string_view string = take(take_number<std::uint32_t>());
      if (text::find_invalid_utf8(string)) throw error("a string in UTF-8", "other bytes");
      push(Node(Kind::kString, string));
      return true;
    }
    default:
      return false;
  }
}

bool Machine::run_container(char opcode) {
  switch (opcode) {
    case kOpMark:
      if (marks_.size() == kMaxDepth)
        throw error(text::concat("at most ", kMaxDepth, " levels"), "deeper nesting");
      marks_.push_back(stack_.size());
      return true;
    case kOpEmptyTuple:
      push(Node(Kind::kTuple, std::vector<Id>()));
      return true;
    case kOpTuple1:
    case kOpTuple2:
    case kOpTuple3:
      push(Node(Kind::kTuple, pop_many(static_cast<std::size_t>(opcode - kOpTuple1) + 1)));
      return true;
    case kOpTuple:
      push(Node(Kind::kTuple, pop_mark()));
      return true;
    case kOpEmptyList:
      push(Node(Kind::kList, std::vector<Id>()));
      return true;
    case kOpAppend:
      append(pop_many(1));
      return true;
    case kOpAppends:
      append(pop_mark());
      return true;
    case kOpEmptyDict:
      push(Node(Kind::kDict, std::vector<Id>()));
      return true;
    case kOpSetItem:
      set_items(pop_many(2));
      return true;
    case kOpSetItems:
      set_items(pop_mark());
      return true;
    default:
      return false;
  }
}

bool Machine::run_memo(char opcode) {
  switch (opcode) {
    case kOpBinPut:
      put(take_number<std::uint8_t>());
      return true;
    case kOpLongBinPut:
      put(take_number<std::uint32_t>());
      return true;
    case kOpBinGet:
      get(take_number<std::uint8_t>());
      return true;
    case kOpLongBinGet:
      get(take_number<std::uint32_t>());
      return true;
    default:
      return false;
  }
}

bool Machine::run_object(char opcode) {
  switch (opcode) {
    case kOpGlobal:
      push_global();
      return true;
    case kOpReduce:
      push_call();
      return true;
    case kOpBuild:
      build();
      return true;
    case kOpBinPersId:
      push(Node(Kind::kPersistent, pop_many(1)));
      return true;
    default:
      return false;
  }
}

void Machine::push(Node node) {
  if (tree_.nodes.size() == kMaxNodes)
    throw error(text::concat("at most ", kMaxNodes, " values"), "more");
  stack_.push_back(static_cast<Id>(tree_.nodes.size()));
  tree_.nodes.push_back(std::move(node));
}

Id Machine::pop() {
  const std::size_t floor = marks_.empty() ? 0 : marks_.back();
  if (stack_.size() <= floor) throw error("a value on the stack", "none");
  const Id id = stack_.back();
  stack_.pop_back();
  return id;
}

std::vector<Id> Machine::pop_many(std::size_t count) {
  std::vector<Id> out(count);
  for (std::size_t i = count; i-- > 0;) out[i] = pop();
  return out;
}

std::vector<Id> Machine::pop_mark() {
  if (marks_.empty()) throw error("a mark on the stack", "none");
  const auto begin = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
  std::vector<Id> out(begin, stack_.end());
  stack_.erase(begin, stack_.end());
  marks_.pop_back();
  return out;
}

Node& Machine::top(Kind kind) {
  const Id id = pop();
  stack_.push_back(id);
  Node& node = tree_.nodes[id];
  if (node.kind() != kind) throw error(to_string(kind), to_string(node.kind()));
  return node;
}

std::string_view Machine::take(std::size_t count) {
  if (count > bytes_.size() - at_)
    throw error(text::concat(count, " more bytes"), std::to_string(bytes_.size() - at_));
  const std::string_view out = bytes_.substr(at_, count);
  at_ += count;
  return out;
}

template <class T>
T Machine::take_number() {
  return load_little<T>(reinterpret_cast<const std::byte*>(take(sizeof(T)).data()));
}

std::string_view Machine::take_line() {
  const std::size_t size = bytes_.substr(at_, kMaxLine).find('\n');
  if (size == std::string_view::npos) throw error("a name that ends in a newline", "none");
  const std::string_view line = take(size);
  take(1);
  return line;
}

}  // namespace hezar::io::pickle
