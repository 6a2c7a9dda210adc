/* SPDX-License-Identifier: ISC */
/* The version, as nudged and nudgectl say it. */
#ifndef NUDGED_CORE_VERSION_H
#define NUDGED_CORE_VERSION_H

#define NUDGED_VERSION "0.1.0"

#endif
