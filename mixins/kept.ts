/**
 * Answers of costly questions, kept for a moment: whoever asks the same meanwhile gets the same, also while the first
 * still waits for it. What fails is not kept.
 */
export function kept<T>(forMs: number, most = 1_000): (question: string, work: () => Promise<T>) => Promise<T> {
	const answers = new Map<string, { until: number; answer: Promise<T> }>();
	return (question, work) => {
		const now = performance.now();
		const known = answers.get(question);
		if (known && known.until > now) return known.answer;
		for (const [old, { until }] of answers) {
			if (until <= now || answers.size >= most) answers.delete(old);
		}
		const row = { until: Number.POSITIVE_INFINITY, answer: work() };
		answers.set(question, row);
		row.answer.then(
			() => {
				row.until = performance.now() + forMs;
			},
			() => {
				if (answers.get(question) === row) answers.delete(question);
			},
		);
		return row.answer;
	};
}
