/** What the tests of pushes stand on: the erp service, the simulators, and stand-ins for orders and events. */
import type { Context, ServiceBroker, ServiceSchema } from "moleculer";
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import type { HubEvent } from "../../mixins/event.ts";
import { type RunningSandbox, runSandbox } from "../../sandbox/testing/running.ts";
import { startBroker } from "../../test/broker.ts";
import connectionService from "../connection/connection.service.ts";
import { genericCase, qimenCase } from "./dialect-cases.ts";
import type { DialectCase } from "./driver.contract.ts";
import erpService from "./erp.service.ts";
import { type Push, PushModel } from "./push.model.ts";
import type { PushResult } from "./push.ts";
import { pushIdOf } from "./push-id.ts";

export let sandbox: RunningSandbox;
export let broker: ServiceBroker;
export let events: HubEvent[] = [];
/** What order.get answers for orders that are not as usual. */
export const notReady = new Map<string, { status: string; holds: { reason: string }[] }>();
export const fences = new Map<string, number>();
export const repushed: string[] = [];

const eventService: ServiceSchema = {
	name: "event",
	actions: { publish: (ctx: Context<{ events: HubEvent[] }>) => void events.push(...ctx.params.events) },
};
const orderService: ServiceSchema = {
	name: "order",
	actions: {
		get: ({ params: { id } }: Context<{ id: string }>) => ({
			_id: id,
			fence: fences.get(id) ?? 7,
			...(notReady.get(id) ?? { status: "WAIT_SHIP", holds: [] }),
			ready: !notReady.has(id),
		}),
		repush: ({ params: { id } }: Context<{ id: string }>) => void repushed.push(id),
	},
};

/** Runs it all for the tests of a file: a sandbox, the services, a connection to each of the two dialects. */
export function usePushBed(): void {
	beforeAll(async () => {
		sandbox = await runSandbox();
		broker = await startBroker(eventService, orderService, connectionService, erpService);
		for (const { connection: connect, driver } of [qimenCase, genericCase]) {
			await sandbox.control("POST", `erp/${driver.dialect}`, { autoShip: false });
			const { id, dialect, name, url, settings, secrets } = connect(sandbox.url);
			await broker.call("connection.create", { id, dialect, name, url, settings, secrets });
		}
	});
	afterAll(async () => {
		await broker.stop();
		await sandbox.end();
	});
	beforeEach(() => {
		events = [];
		repushed.length = 0;
	});
	afterEach(async () => {
		await sandbox.control("DELETE", "faults");
		notReady.clear();
		fences.clear();
	});
}

let last = 0;
export const nextNumber = (): string => `518726354901234${String(++last).padStart(4, "0")}`;
export const orderIdOf = (number: string): string => `taobao:shop-1:${number}`;
const connectionIdOf = ({ driver }: DialectCase): string => `${driver.dialect}-test`;
export const idOf = (dialect: DialectCase, number: string): string =>
	pushIdOf(connectionIdOf(dialect), "order", orderIdOf(number));

export const push = (dialect: DialectCase, number: string, document = dialect.document(number)): Promise<PushResult> =>
	broker.call("erp.push", {
		connectionId: connectionIdOf(dialect),
		kind: "order",
		orderId: orderIdOf(number),
		document,
	});

export const stored = async (dialect: DialectCase, number: string): Promise<Push> => {
	const found = await PushModel.findById(idOf(dialect, number)).lean<Push>();
	if (!found) throw new Error(`no push of ${number}`);
	return found;
};
export const settled = (dialect: DialectCase, number: string, state: Push["state"]): Promise<Push> =>
	vi.waitFor(
		async () => {
			const found = await stored(dialect, number);
			expect(found.state).toBe(state);
			return found;
		},
		{ timeout: 25_000, interval: 50 }, // what nobody saw the end of settles for 13 s
	);
export const fault = ({ driver }: DialectCase, name: string, times = 1): Promise<unknown> =>
	sandbox.control("POST", "faults", { target: `erp/${driver.dialect}`, fault: name, times });
export const acceptedTimes = async ({ driver }: DialectCase, numbers: string[]): Promise<number[]> => {
	const rows = await sandbox.truth<{ dialect: string; key: string; accepted: number }>("kind=documents");
	return numbers.map((key) => rows.find((row) => row.dialect === driver.dialect && row.key === key)?.accepted ?? 0);
};
export const told = async (number: string, subject: string): Promise<HubEvent> =>
	vi.waitFor(() => {
		const event = events.find(({ subject: said, body }) => said === subject && body.orderNo === number);
		if (!event) throw new Error(`no ${subject} of ${number}`);
		return event;
	});
