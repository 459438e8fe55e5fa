# The extension process with JavaScriptCore, beside that with libnode.
message(STATUS "JavaScriptCore: ${JSC_VERSION}")

ba_sources(sources core engine-jsc extension program)
add_executable(ba-extension-host-jsc ${sources})
ba_configure(ba-extension-host-jsc)
target_compile_definitions(ba-extension-host-jsc PRIVATE BA_HOST_NAME="jsc" BA_JSC_VERSION="${JSC_VERSION}")
target_include_directories(ba-extension-host-jsc SYSTEM PRIVATE ${JSC_INCLUDE_DIRS})
# The C API alone: pkg-config would link what GLib's needs as well.
find_library(JSC_LIBRARY javascriptcoregtk-4.1 HINTS ${JSC_LIBRARY_DIRS} REQUIRED)
target_link_libraries(ba-extension-host-jsc PRIVATE ${JSC_LIBRARY})
