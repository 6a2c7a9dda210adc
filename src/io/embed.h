/* SPDX-License-Identifier: ISC */
/*
 * Files built into the program: the bank holidays that the project ships, so
 * that a config of four lines works without an installation. The Makefile
 * makes them of etc/holidays/NAME.ics ('-' becomes '_'), NUL-terminated.
 */
#ifndef NUDGED_IO_EMBED_H
#define NUDGED_IO_EMBED_H

extern const char holidays_england_and_wales[];
extern const char holidays_northern_ireland[];
extern const char holidays_scotland[];

#endif
