#ifndef BAERROR_H
#define BAERROR_H

#include "CBackgroundAssets.h"

/* BAError.h: codes in `BAErrorDomain`. No error enum: errors arrive as `NSError`. */
BA_ENUM(BAErrorCode) {
  BAErrorCodeDownloadInvalid = 0,

  BAErrorCodeCallFromExtensionNotAllowed = 50,
  BAErrorCodeCallFromInactiveProcessNotAllowed = 51,
  BAErrorCodeCallerConnectionNotAccepted = 55,
  BAErrorCodeCallerConnectionInvalid = 56,

  BAErrorCodeDownloadAlreadyScheduled = 100,
  BAErrorCodeDownloadNotScheduled = 101,
  BAErrorCodeDownloadFailedToStart = 102,
  BAErrorCodeDownloadAlreadyFailed = 103,
  BAErrorCodeDownloadEssentialDownloadNotPermitted = 109,
  BAErrorCodeDownloadBackgroundActivityProhibited = 111,
  BAErrorCodeDownloadWouldExceedAllowance = 112,
  BAErrorCodeDownloadDoesNotExist = 113,

  BAErrorCodeSessionDownloadDisallowedByDomain = 202,
  BAErrorCodeSessionDownloadDisallowedByAllowance = 203,
  BAErrorCodeSessionDownloadAllowanceExceeded = 204,
  BAErrorCodeSessionDownloadNotPermittedBeforeAppLaunch = 206,
} BA_FROM(17.0, 14.0, 18.4, 2.4) BA_NOT_ON_WATCHOS;

typedef enum BAErrorCode BAErrorCode;

#endif
