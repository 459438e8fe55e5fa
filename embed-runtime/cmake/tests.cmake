# The header as C, and the tests in the language of its callers.
add_library(header_compiles OBJECT src/ba_runtime.c)
add_executable(abi_test test/abi_test.c test/check.c)
target_link_libraries(abi_test PRIVATE ba_runtime Threads::Threads)
foreach(target header_compiles abi_test)
  target_include_directories(${target} PRIVATE include)
  set_target_properties(${target} PROPERTIES C_STANDARD 99 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF)
  target_compile_options(${target} PRIVATE -pedantic -Wall -Wextra -Werror)
endforeach()

add_executable(core_test test/core_test.cc test/json_test.cc src/json/fields.cc)
ba_configure(core_test)
target_link_libraries(core_test PRIVATE ba_runtime_objects)
