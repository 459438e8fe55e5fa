#ifndef BA_JSON_DOWNLOAD_H
#define BA_JSON_DOWNLOAD_H

#include <string>

#include "ba_runtime.h"

namespace ba {

// The JSON of a urlDownload (src/protocol/values.ts), for hosts that are not Swift.
std::string DownloadJson(const ba_download& download);

}  // namespace ba

#endif
