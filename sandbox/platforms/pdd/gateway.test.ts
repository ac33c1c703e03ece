import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { digest, sign } from "./sign.ts";
import { app, pdd, pddParams, send } from "./test-client.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("DELETE", "faults");
	await sandbox.control("POST", "reset", { seed: 1 });
});

const api = "pdd.refund.address.list.get";
const call = (params: Record<string, string> = {}, changes: Record<string, unknown> = {}) =>
	pdd(sandbox.url, api, params, changes);
const counts = async () => {
	const counters = await sandbox.control<Record<string, Record<string, number>>>("GET", "counters");
	return counters.pdd;
};
const fault = (name: string, times?: number) =>
	sandbox.control("POST", "faults", { target: "pdd", fault: name, ...(times && { times }) });

describe("the signature", () => {
	interface Example {
		algorithm: string;
		secret: string;
		params?: Record<string, string>;
		expected: string;
	}
	const file = new URL("vectors.json", import.meta.url);
	const examples = (JSON.parse(readFileSync(file, "utf8")) as Example[]).filter(({ params }) => params);

	it.each(examples)("is what others compute: $expected", ({ algorithm, secret, params = {}, expected }) => {
		const computed = algorithm.includes("PMC")
			? digest(params.client_id ?? "", params.timestamp ?? "", secret)
			: sign(new Map(Object.entries(params)), secret);
		expect(computed).toBe(expected);
	});
});

describe("a call", () => {
	it("may come as JSON, as a form, or in the query", async () => {
		const all = pddParams(api);
		const signed = { ...all, sign: sign(new Map(Object.entries(all)), app.secret) };
		const root = "refund_address_list_get_response";
		expect(await call()).toMatchObject({ root });
		expect(await send(sandbox.url, { body: new URLSearchParams(signed) })).toMatchObject({ root });
		const inQuery = await fetch(`${sandbox.url}/pdd/api/router?${new URLSearchParams(signed)}`, { method: "POST" });
		expect(await inQuery.text()).toContain(root);
	});

	it.each<[string, Record<string, string>, Record<string, unknown>, number]>([
		["with a changed value", {}, { version: "V1", page: "1" }, 20004],
		["without a signature", {}, { sign: undefined }, 20004],
		["of an unknown app", { client_id: "nobody" }, {}, 10016],
		["to an unknown API", { type: "pdd.no.such" }, {}, 10017],
		["made 11 minutes ago", { timestamp: String(Math.floor(Date.now() / 1000) - 660) }, {}, 10001],
		["with a time in milliseconds", { timestamp: String(Date.now()) }, {}, 10001],
		["that wants XML", { data_type: "XML" }, {}, 10001],
		["without a token", {}, { access_token: undefined }, 20004],
		["with an unknown token", { access_token: "other" }, {}, 10019],
		["with an object that is not JSON text", {}, { data: { a: 1 } }, 10000],
	])("%s is refused", async (_what, params, changes, code) => {
		expect((await call(params, changes)).body.error_code).toBe(code);
	});

	it("by GET is refused", async () => {
		const response = await fetch(`${sandbox.url}/pdd/api/router?${new URLSearchParams(pddParams(api))}`);
		expect(await response.json()).toMatchObject({ error_response: { error_code: 10002 } });
	});

	it("is counted where its signature was wrong", async () => {
		await call({}, { sign: "0".repeat(32) });
		expect(await counts()).toMatchObject({ refusedSignatures: 1 });
	});

	it("fails inside HTTP 200 and beyond the quota when told to", async () => {
		await fault("business-error", 1);
		expect((await call()).body).toMatchObject({ error_code: 50001, sub_msg: "业务处理失败" });
		await fault("rate-limit", 1);
		expect((await call()).body.error_code).toBe(52101);
		expect(await counts()).toMatchObject({ outOfQuota: 1 });
	});

	it("beyond the limit of its API is refused", async () => {
		const decrypt = () =>
			pdd(sandbox.url, "pdd.open.decrypt.batch", { data_list: '[{"data_tag":"x","encrypted_data":"y"}]' });
		const answers = [await decrypt(), await decrypt(), await decrypt()];
		expect(answers.some(({ body }) => body.error_code === 52102)).toBe(true);
	});
});
