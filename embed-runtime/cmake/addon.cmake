ba_sources(sources core engine-node process-addon extension addon)
add_library(ba_runtime SHARED ${sources} ${CMAKE_JS_SRC})
set_target_properties(ba_runtime PROPERTIES PREFIX "" SUFFIX ".node")
ba_configure(ba_runtime)

# cmake-js offers Node's headers; node-addon-api comes from the package that this one depends on.
execute_process(
  COMMAND node -p "require('node-addon-api').include_dir"
  WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
  OUTPUT_VARIABLE node_addon_api
  OUTPUT_STRIP_TRAILING_WHITESPACE
  COMMAND_ERROR_IS_FATAL ANY)
get_filename_component(node_addon_api ${node_addon_api} ABSOLUTE)
ba_find_snapshot(snapshot ${CMAKE_JS_INC})

target_include_directories(ba_runtime SYSTEM PRIVATE ${CMAKE_JS_INC} ${node_addon_api})
target_compile_definitions(ba_runtime PRIVATE
  BUILDING_NODE_EXTENSION
  BA_NODE_SNAPSHOT=${snapshot}
  NAPI_VERSION=8
  NAPI_DISABLE_CPP_EXCEPTIONS
  NODE_ADDON_API_DISABLE_DEPRECATED)
target_link_libraries(ba_runtime PRIVATE ${CMAKE_JS_LIB})
if(APPLE)
  target_link_options(ba_runtime PRIVATE -undefined dynamic_lookup)
else()
  # Never unloaded: threads of the runtime may outlive the environment that loaded it.
  target_link_options(ba_runtime PRIVATE LINKER:-z,nodelete)
endif()
