// What the tests of parts without an engine share.
#ifndef BA_TEST_CORE_CHECK_H
#define BA_TEST_CORE_CHECK_H

#include <cstdio>
#include <cstdlib>

#define CHECK(condition)                                                           \
  do {                                                                             \
    if (!(condition)) {                                                            \
      std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
      std::exit(1);                                                                \
    }                                                                              \
  } while (0)

// json_test.cc: strings, validation, steps, documents.
void JsonTexts();

#endif
