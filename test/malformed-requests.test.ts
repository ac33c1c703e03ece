/**
 * What anybody who reaches the port may send, against all services: ten thousand requests made from a seed, over raw
 * sockets. None is answered with a 5xx, none ends the process, and none leaves memory behind.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routes } from "../config/roles.ts";
import { seeded } from "../sandbox/random.ts";
import { operatorRequests } from "./malformed/operator-requests.ts";
import type { Malformed, Target } from "./malformed/request.ts";
import { malformedRequest } from "./malformed/requests.ts";
import { sendRaw } from "./malformed/socket.ts";
import { type Services, startServices } from "./services.ts";

/** Printed in the tests' names: put it here to make the same requests again. */
const seed = String(Date.now());
const random = seeded(seed);
const count = 10_000;
const warmUp = 1_000; // makes what is made once
const atOnce = 24;
const patienceMs = 300_000; // half a minute where nothing else runs

let hub: Services;
let port: number;
let targets: Target[];
let tokens: string[];
const token = (at: number): string => `authorization: Bearer ${tokens[at % tokens.length]}`;

beforeAll(async () => {
	hub = await startServices();
	port = Number(new URL(hub.url).port);
	// Signing out would end the storm's own sessions.
	targets = routes
		.filter(({ action }) => action !== "account.logout")
		.map((route) => ({ route, params: hub.paramsOf(route.action) }));
	tokens = await Promise.all(Array.from({ length: 8 }, () => hub.tokenOfAdmin()));
}, 120_000);
afterAll(() => hub.stop());

interface Answered {
	kind: string;
	sent: string;
	statuses: number[];
	text: string;
}

/** Sends all, some at once. Returns what was wrongly answered: with a 5xx, not at all where an answer was due, or late. */
async function storm(requests: Iterable<Malformed>, isWrong: (status: number) => boolean): Promise<Answered[]> {
	const wrong: Answered[] = [];
	const waiting = requests[Symbol.iterator]();
	const sender = async (): Promise<void> => {
		for (let next = waiting.next(); !next.done; next = waiting.next()) {
			const { kind, bytes, mayBeCut = false } = next.value;
			const { statuses, text, left } = await sendRaw(port, bytes, { giveUp: mayBeCut });
			const unanswered = left || (!statuses.length && !mayBeCut);
			if (!unanswered && !statuses.some(isWrong)) continue;
			wrong.push({ kind, statuses, sent: bytes.subarray(0, 3_000).toString("latin1"), text: text.slice(-300) });
		}
	};
	await Promise.all(Array.from({ length: atOnce }, sender));
	return wrong;
}

const isFault = (status: number): boolean => status >= 500;
const isTaken = (status: number): boolean => status < 400 || isFault(status);

function* anything(many: number): Generator<Malformed> {
	for (let at = 0; at < many; at += 1) yield malformedRequest(random, targets, token(at));
}

const collectGarbage = (): void => {
	setFlagsFromString("--expose-gc");
	(runInNewContext("gc") as () => void)();
};

async function heapAfter(work: Promise<unknown>): Promise<number> {
	await work;
	collectGarbage();
	return process.memoryUsage().heapUsed;
}

describe(`malformed requests of seed ${seed}`, () => {
	it(
		"with an operator for any text of any route are refused",
		async () => {
			const requests = operatorRequests(targets, token);
			expect(requests.length).toBeGreaterThan(routes.length);
			expect(await storm(requests, isTaken)).toEqual([]);
		},
		patienceMs,
	);

	it(
		"of any kind, ten thousand of them, meet no fault and leave no memory behind",
		async () => {
			const wrong: Answered[] = [];
			const sendAnything = async (many: number) => wrong.push(...(await storm(anything(many), isFault)));
			const before = await heapAfter(sendAnything(warmUp));
			const after = await heapAfter(sendAnything(count));
			expect(wrong).toEqual([]);
			expect(after / before).toBeLessThan(1.1);
			expect((await fetch(`${hub.url}/healthz`)).status).toBe(200);
		},
		patienceMs,
	);
});
