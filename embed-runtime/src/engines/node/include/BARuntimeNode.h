// SwiftPM asks every library for a folder of headers. This one has nothing to declare: linking it gives ba_runtime.h its
// engine.
