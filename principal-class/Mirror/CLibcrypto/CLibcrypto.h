#ifndef CLIBCRYPTO_H
#define CLIBCRYPTO_H

#include <openssl/evp.h>

#endif
