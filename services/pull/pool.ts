/** Works through `items`, at most `concurrency` at once. Stops taking new ones when `work` answers false or throws. */
export async function pooled<T>(
	items: readonly T[],
	concurrency: number,
	work: (item: T) => Promise<boolean>,
): Promise<void> {
	let next = 0;
	let going = true;
	const worker = async (): Promise<void> => {
		while (going && next < items.length) {
			const item = items[next] as T;
			next += 1;
			try {
				going = (await work(item)) && going;
			} catch (err) {
				going = false;
				throw err;
			}
		}
	};
	const workers = Array.from({ length: Math.min(concurrency, items.length) }, worker);
	const results = await Promise.allSettled(workers); // what is under way ends before we do
	const failed = results.find((result) => result.status === "rejected");
	if (failed) throw failed.reason;
}
