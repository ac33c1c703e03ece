const pattern = /^hub\.[a-z][a-z0-9-]*\.([a-z][a-z0-9-]*|\*)$/;

/** A consumer's subjects are exact, or end in `*` for every verb of a noun. */
export function subjectMatcher(subjects: readonly string[]): (subject: string) => boolean {
	for (const each of subjects) {
		if (!pattern.test(each))
			throw new Error(`subject ${JSON.stringify(each)} is not hub.<noun>.<verb> or hub.<noun>.*`);
	}
	return (subject) =>
		subjects.some((each) => (each.endsWith("*") ? subject.startsWith(each.slice(0, -1)) : subject === each));
}

/** The same as a MongoDB condition, one branch a subject so that each can use an index. */
export const subjectCondition = (subjects: readonly string[]): { $or: object[] } => ({
	$or: subjects.map((each) =>
		each.endsWith("*")
			? { subject: { $gte: each.slice(0, -1), $lt: `${each.slice(0, -1)}\uffff` } }
			: { subject: each },
	),
});
