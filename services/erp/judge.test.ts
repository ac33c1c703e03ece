import type { ServiceBroker } from "moleculer";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startBroker } from "../../test/broker.ts";
import connectionService from "../connection/connection.service.ts";
import EventService from "../event/event.service.ts";
import { genericCase } from "./dialect-cases.ts";
import erpService from "./erp.service.ts";
import type { Judgement } from "./judgement.ts";

let broker: ServiceBroker;
beforeAll(async () => {
	broker = await startBroker(EventService, connectionService, erpService);
});
afterAll(() => broker.stop());

const check = (over: object): Promise<Judgement> =>
	broker.call("erp.check", {
		dialect: "generic",
		kind: "order",
		settings: { shopNo: "SHOP01" },
		document: genericCase.document("42"),
		...over,
	});

it("tells what the ERP would book", async () => {
	expect(await check({})).toMatchObject({
		problems: [],
		booking: { number: "42", lines: [{ sku: "CUP-BK-500", quantity: 3, fen: 10_000 }], freightFen: 600 },
	});
});

it("goes by the settings of the connection: what its documents must have, and where our number stands", async () => {
	const settings = { numberField: "head.no", requiredFields: "head.no,depot" };
	const { problems, booking } = await check({ settings, document: { head: { no: "42" }, total: 1 } });
	expect(problems).toMatchObject([{ field: "depot", rule: "REQUIRED" }]);
	expect(booking).toMatchObject({ number: "42", lines: null });
});

it.each([
	[{ dialect: "none" }, "ERP_UNKNOWN_DIALECT"],
	[{ dialect: "qimen", kind: "change" }, "INVALID"],
	[{ kind: "letter" }, "VALIDATION_ERROR"],
])("refuses %j", async (over, type) => {
	await expect(check(over)).rejects.toMatchObject({ type });
});
