namespace hezar::test {

int companion();
extern int (*const kCompanion)();
[[gnu::used]] int (*const kCompanion)() = companion;

}  // namespace hezar::test
