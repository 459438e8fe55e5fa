#ifndef BADOWNLOADSTATE_H
#define BADOWNLOADSTATE_H

#include "CBackgroundAssets.h"

/*
 * BADownload.h: `BADownload.State`. A C enum cannot be nested in a Swift class, so it gets the spelling that
 * refined symbols have, and the class a typealias.
 */
BA_ENUM(BADownloadState) {
  BADownloadStateFailed = -1,
  BADownloadStateCreated = 0,
  BADownloadStateWaiting,
  BADownloadStateDownloading,
  BADownloadStateFinished,
} __attribute__((swift_name("__BADownloadState")));

typedef enum BADownloadState BADownloadState __attribute__((swift_name("__BADownloadState")));

#endif
