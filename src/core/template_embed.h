/* SPDX-License-Identifier: ISC */
/* The built-in templates: etc/templates, turned into C by the Makefile
 * (build/embed/templates.c). NUL-terminated. */
#ifndef NUDGED_CORE_TEMPLATE_EMBED_H
#define NUDGED_CORE_TEMPLATE_EMBED_H

extern const char template_nudge_txt[];
extern const char template_escalation_txt[];
extern const char template_secretary_txt[];
extern const char template_digest_txt[];
extern const char template_digest_md[];

#endif
