find_path(NODE_INCLUDE node.h PATH_SUFFIXES node REQUIRED)
find_library(NODE_LIBRARY node REQUIRED)
find_library(UV_LIBRARY uv REQUIRED)
ba_find_snapshot(snapshot ${NODE_INCLUDE})
message(STATUS "libnode: ${NODE_LIBRARY}, built-in snapshot: ${snapshot}")

# Compiled once, for the library and for the program that contains it.
ba_sources(sources core engine-node process-own)
add_library(ba_runtime_objects OBJECT ${sources})
ba_configure(ba_runtime_objects)
target_include_directories(ba_runtime_objects SYSTEM PRIVATE ${NODE_INCLUDE})
target_compile_definitions(ba_runtime_objects PRIVATE BA_NODE_SNAPSHOT=${snapshot})
target_link_libraries(ba_runtime_objects PUBLIC ${NODE_LIBRARY} ${UV_LIBRARY})

add_library(ba_runtime SHARED)
target_include_directories(ba_runtime PUBLIC include)
target_link_libraries(ba_runtime PRIVATE ba_runtime_objects Threads::Threads)
if(APPLE)
  target_link_options(ba_runtime PRIVATE LINKER:-exported_symbol,_ba_*)
else()
  set(exports ${CMAKE_CURRENT_LIST_DIR}/exports.map)
  target_link_options(ba_runtime PRIVATE LINKER:--version-script=${exports})
  set_target_properties(ba_runtime PROPERTIES LINK_DEPENDS ${exports})
endif()

ba_sources(sources extension program)
add_executable(ba-extension-host ${sources})
ba_configure(ba-extension-host)
target_compile_definitions(ba-extension-host PRIVATE BA_HOST_NAME="libnode")
target_link_libraries(ba-extension-host PRIVATE ba_runtime_objects)

# The second engine, where its C headers are.
find_package(PkgConfig)
if(PKG_CONFIG_FOUND)
  pkg_check_modules(JSC javascriptcoregtk-4.1)
endif()
if(JSC_FOUND)
  include(cmake/jsc.cmake)
endif()

# The published package comes without the tests.
if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/test)
  include(cmake/tests.cmake)
endif()
