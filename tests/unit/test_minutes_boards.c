/* SPDX-License-Identifier: ISC */
/* Papers of public boards as a text of their pages has them: one small paper
 * for each. */
#include "minutes_papers.h"

static const struct layout layouts[] = {
	{ "a numbered sentence that wraps is no title",
	    HEAD "4. The swimming pool\n\n4.1  The Clerk said that the plant "
		 "was worn out and needed work\n     in the summer. AB would "
		 "write to the insurers about that.\n\nRESOLVED\n\n(1)  "
		 "That the report on the pool and on all of the plant be\n"
		 "     noted;\n\n(2)  That an estimate be sent to members "
		 "by 8 June 2020; and\n\n(3)  That CD be requested to ask "
		 "the county for a grant\n     towards it.\n",
	    "?Ann Bell: AB would write to the insurers about that. | \n"
	    "?: That an estimate be sent to members by 8 June 2020 | "
	    "2020-06-08\nCarl Dunn: That CD be requested to ask the county "
	    "for a grant towards it. | \n" },
};

static void
minutes_read__board__entries(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(layouts); i++)
		expect(&layouts[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(minutes_read__board__entries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
