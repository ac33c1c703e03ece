/** Requests that no honest client sends, made from a seed. */
import { gzipSync } from "node:zlib";
import type { Random } from "../../sandbox/random.ts";
import { notJson, oddChunks, oddFramings, oddHeaders, oddIds, oddMethods, otherProtocols } from "./odd-parts.ts";
import { addressOf, base, compose, json, type Malformed, ownParams, type Target } from "./request.ts";
import { fittingObject, hostileJson, hostileText } from "./values.ts";

type Make = (random: Random, target: Target, auth: string) => Omit<Malformed, "kind">;

const encoded = (random: Random): string => encodeURIComponent(hostileText(random).toWellFormed());
const oddId = (random: Random): string => (random.chance(0.5) ? random.pick(oddIds) : encoded(random));
const post = (target: Target, body: string | Buffer, ...headers: string[]): Buffer =>
	compose({ method: "POST", path: addressOf(target), headers, body });

/** Some fields fit, the others are anything. */
function brokenBody(random: Random, target: Target): string {
	const fields = Object.entries(fittingObject(ownParams(target)));
	const texts = fields.map(([name, value]) => [name, random.chance(0.6) ? JSON.stringify(value) : hostileJson(random)]);
	if (random.chance(0.2))
		texts.push([random.pick(["__proto__", "constructor", "$where", "", "a.b"]), hostileJson(random)]);
	return `{${texts.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`;
}

function brokenQuery(random: Random, target: Target): string {
	const names = [...Object.keys(ownParams(target)), "limit", "cursor", "__proto__", "a[b][c]"];
	const pairs = Array.from({ length: random.int(1, 5) }, () => {
		const suffix = random.pick(["", "[]", "[$gt]", "[__proto__]", "%00"]);
		return `${random.pick(names)}${suffix}=${oddId(random)}`;
	});
	return `?${pairs.join("&")}`;
}

const bodies: Make = (random, target, auth) => {
	const path = addressOf(target, random.chance(0.7) ? "1" : oddId(random));
	const body = brokenBody(random, target);
	return { bytes: compose({ method: target.route.method, path, headers: [auth, json], body }) };
};

const queries: Make = (random, target, auth) => {
	const path = addressOf(target) + brokenQuery(random, target);
	return { bytes: compose({ method: target.route.method, path, headers: [auth] }) };
};

const paths: Make = (random, target, auth) => {
	const { method } = target.route;
	const id = oddId(random);
	const path = random.pick([
		addressOf(target, id),
		base + id,
		`/${id}`,
		`//${id}`,
		`http://x/${id}`,
		`${addressOf(target)}#${id}`,
		`${base}/hooks/${random.pick(["taobao", "erp", "x"])}/${id}`,
		`${base}/oauth/callback?code=${id}&state=${oddId(random)}`,
	]);
	const body = method === "GET" ? undefined : "{}";
	return { bytes: compose({ method, path, headers: [auth, json], body }) };
};

const methods: Make = (random, target, auth) => {
	const method = random.pick(oddMethods);
	return { bytes: compose({ method, path: addressOf(target), headers: [auth] }), mayBeCut: true };
};

const headers: Make = (random, target, auth) => {
	const { method } = target.route;
	const framing = random.chance(0.2);
	const odd = random.pick(framing ? oddFramings : oddHeaders);
	const all = odd.startsWith("authorization") ? [odd, json] : [auth, odd, json];
	const body = framing ? undefined : "{}";
	return { bytes: compose({ method, path: addressOf(target), headers: all, body }), mayBeCut: true };
};

const hugeHeaders: Make = (random, target, auth) => {
	const huge = random.chance(0.5)
		? [`x: ${"y".repeat(1_048_576)}`]
		: Array.from({ length: 20_000 }, (_, at) => `x-${at}: ${"y".repeat(40)}`);
	const { method } = target.route;
	return { bytes: compose({ method, path: addressOf(target), headers: [auth, ...huge] }), mayBeCut: true };
};

const longAddresses: Make = (random, target, auth) => {
	const path = `${addressOf(target)}?${"a=1&".repeat(random.int(500, 3_000))}`;
	return { bytes: compose({ method: "GET", path, headers: [auth] }), mayBeCut: true };
};

const wrongJson: Make = (random, target, auth) => {
	const body = random.chance(0.9) ? random.pick(notJson) : hostileJson(random);
	return { bytes: post(target, Buffer.from(body, "latin1"), auth, json) };
};

const deepJson: Make = (random, target, auth) => {
	const levels = random.pick([33, 1_000, 100_000]);
	const [open, end, close] = random.pick([
		["[", "", "]"],
		['{"a":', "1", "}"],
	] as const);
	return { bytes: post(target, `{"reason":${open.repeat(levels)}${end}${close.repeat(levels)}}`, auth, json) };
};

const bombs = [gzipSync(Buffer.alloc(20_000_000, "[")), Buffer.from("not gzip"), gzipSync("{}").subarray(0, 9)];
const compressed: Make = (random, target, auth) => ({
	bytes: post(target, random.pick(bombs), auth, json, "content-encoding: gzip"),
	mayBeCut: true,
});

const tooLarge: Make = (_random, target, auth) => ({
	bytes: post(target, `{"reason":"${"x".repeat(1_200_000)}"}`, auth, json),
	mayBeCut: true,
});

const chunks: Make = (random, target, auth) => {
	const both = random.chance(0.3) ? ["content-length: 2"] : [];
	const all = [auth, json, "transfer-encoding: chunked", ...both];
	const head = compose({ method: "POST", path: addressOf(target), headers: all });
	return { bytes: Buffer.concat([head, Buffer.from(random.pick(oddChunks))]), mayBeCut: true };
};

const cutShort: Make = (random, target, auth) => {
	const whole = post(target, '{"reason":"RISK"}', auth, json);
	return { bytes: whole.subarray(0, random.int(0, whole.length - 1)), mayBeCut: true };
};

const pipelined: Make = (random, target, auth) => {
	const { method } = target.route;
	const one = compose({ method, path: addressOf(target, oddId(random)), headers: [auth] }).toString("latin1");
	const kept = one.replace("connection: close\r\n", "").repeat(random.int(2, 40));
	return { bytes: Buffer.from(`${kept}\0\0\0 nothing\r\n\r\n`, "latin1"), mayBeCut: true };
};

const noise: Make = (random) => {
	const bytes = Buffer.from(Array.from({ length: random.int(1, 600) }, () => random.int(0, 255)));
	return { bytes: Buffer.concat([Buffer.from(random.pick(otherProtocols), "latin1"), bytes]), mayBeCut: true };
};

/** How many of a hundred are of which kind. */
const kinds: readonly [kind: string, ofHundred: number, make: Make][] = [
	["body", 30, bodies],
	["query", 14, queries],
	["path", 14, paths],
	["method", 4, methods],
	["headers", 12, headers],
	["huge headers", 1, hugeHeaders],
	["long address", 1, longAddresses],
	["wrong JSON", 8, wrongJson],
	["deep JSON", 1, deepJson],
	["compressed", 2, compressed],
	["too large", 1, tooLarge],
	["chunks", 6, chunks],
	["cut short", 3, cutShort],
	["pipelined", 1, pipelined],
	["noise", 2, noise],
];
const lots = kinds.flatMap((kind) => Array.from({ length: kind[1] }, () => kind));

export function malformedRequest(random: Random, targets: readonly Target[], authorization: string): Malformed {
	const [kind, , make] = random.pick(lots);
	const target = random.pick(targets);
	const { method, path } = target.route;
	return { kind: `${kind} ${method} ${path}`, ...make(random, target, authorization) };
}
