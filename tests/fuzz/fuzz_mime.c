/* SPDX-License-Identifier: ISC */
/* Any bytes as the values of a mail: its head has the lines that it must have
 * and no others, ASCII alone, every line ended by CRLF. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/mime.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The value up to the next 0x1F of the input, as a string. */
static char *
take(const uint8_t **data, size_t *size)
{
	const uint8_t *end = memchr(*data, 0x1F, *size);
	size_t len = end == NULL ? *size : (size_t)(end - *data);
	char *text = xstrndup((const char *)*data, len);

	*data += len + (end != NULL);
	*size -= len + (end != NULL);
	return text;
}

static void
check(const struct buf *mail)
{
	size_t heads = 0;
	bool head = true;

	for (const char *s = buf_text(mail); *s != '\0';) {
		const char *end = strstr(s, "\r\n");

		if (end == NULL)
			abort();
		for (const char *c = s; c < end; c++) {
			if ((unsigned char)*c >= 0x80 || *c == '\r' ||
			    *c == '\n')
				abort();
		}
		head = head && end > s;
		if (head && *s != ' ')
			heads++;
		s = end + 2;
	}
	/* From To Reply-To Subject Date Message-ID, maybe References, two of
	 * ours, List-Id, X-Note, MIME-Version, Content-Type. */
	if (heads < 12 || heads > 13)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *v[8];
	struct mime_header header = { "X-Note", NULL };
	struct mime_attachment file = { NULL, "text/plain", data, size };
	struct mime_mailbox box;
	struct mime_mail mail;
	struct buf out = { 0 };
	struct err err;

	for (int i = 0; i < 8; i++)
		v[i] = take(&data, &size);
	header.value = v[0];
	file.name = v[1];
	mail = (struct mime_mail){ .from = "A <a@b>",
		.to = "c@d",
		.reply_to = "e@f",
		.to_name = v[2],
		.subject = v[3],
		.date = v[4],
		.message_id = "<x@y>",
		.references = v[5],
		.list_name = v[6],
		.headers = &header,
		.nheaders = 1,
		.text = v[7],
		.html = v[7],
		.attachments = &file,
		.nattachments = 1 };
	if (mime_write(&mail, &out, &err) == -1)
		abort();
	check(&out);
	if (mime_mailbox_parse(v[2], &box, &err) == 0 &&
	    !mime_address_ok(box.address))
		abort();
	for (int i = 0; i < 8; i++)
		free(v[i]);
	buf_clear(&out);
	return 0;
}
