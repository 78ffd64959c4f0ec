namespace hezar::test {

int nobody_has_this();
extern int (*const kNobody)();
[[gnu::used]] int (*const kNobody)() = nobody_has_this;

}  // namespace hezar::test
