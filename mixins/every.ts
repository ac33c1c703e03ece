import type { Service, ServiceSchema } from "moleculer";

/**
 * Does some work every so often while the service runs, never twice at once in a process. It must bear to be done by
 * several processes, and to fail: then it is done again the next time.
 */
export function every(ms: number, work: (service: Service) => Promise<unknown>): Partial<ServiceSchema> {
	const stops = new WeakMap<Service, (() => Promise<void>)[]>();
	return {
		async started() {
			let running = Promise.resolve();
			let timer: NodeJS.Timeout;
			let stopping = false;
			const turn = (): void => {
				running = work(this)
					.catch((err: Error) => this.logger.warn("left for the next time", { reason: err.message }))
					.then(() => {
						if (!stopping) timer = setTimeout(turn, ms);
					});
			};
			timer = setTimeout(turn, ms);
			const stop = async (): Promise<void> => {
				stopping = true;
				clearTimeout(timer);
				await running;
			};
			stops.set(this, [...(stops.get(this) ?? []), stop]);
		},
		async stopped() {
			await Promise.all((stops.get(this) ?? []).map((stop) => stop()));
		},
	};
}
