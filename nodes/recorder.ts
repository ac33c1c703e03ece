/** A broker of stand-ins for the tests of nodes: answers what it is told to, and writes down what it is asked. */
import { type Context, ServiceBroker } from "moleculer";

export interface Asked {
	action: string;
	params: unknown;
	meta: Record<string, unknown>;
}

export interface Recorder {
	broker: ServiceBroker;
	asked: Asked[];
	/** Action -> its answer, or the Error it fails with. May be changed while it runs, for the actions named at first. */
	answers: Record<string, unknown>;
}

export async function startRecorder(answers: Record<string, unknown>): Promise<Recorder> {
	const asked: Asked[] = [];
	const broker = new ServiceBroker({ logger: false });
	const nouns = Map.groupBy(Object.keys(answers), (action) => action.split(".")[0] ?? "");
	for (const [name, actions] of nouns) {
		const handler = (action: string) => (ctx: Context<unknown, Record<string, unknown>>) => {
			asked.push({ action, params: ctx.params, meta: { ...ctx.meta } });
			const answer = answers[action];
			if (answer instanceof Error) throw answer;
			return answer;
		};
		const entries = actions.map((action) => [action.slice(name.length + 1), handler(action)]);
		broker.createService({ name, actions: Object.fromEntries(entries) });
	}
	await broker.start();
	return { broker, asked, answers };
}
