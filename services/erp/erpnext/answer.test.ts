import { describe, expect, it } from "vitest";
import { read, readDocument, readRows } from "./answer.ts";

const answer = (status: number, body: unknown) => ({
	status,
	headers: {},
	body: typeof body === "string" ? body : JSON.stringify(body),
});
const told = (...messages: object[]) => JSON.stringify(messages.map((message) => JSON.stringify(message)));

describe("read", () => {
	it("takes data, warnings beside it or not", () => {
		expect(read(answer(200, { data: [] }))).toEqual({ data: [] });
		const warning = { data: { name: "SO-1" }, _server_messages: told({ message: "Warning: SO-0 already exists" }) };
		expect(read(answer(200, warning))).toEqual({ data: { name: "SO-1" } });
	});

	it.each([
		[
			417,
			{ exc_type: "ValidationError", _server_messages: told({ message: "库存<b>不足</b>" }) },
			"ValidationError: 库存不足",
		],
		[
			417,
			{ exc_type: "MandatoryError", exception: "frappe.exceptions.MandatoryError: [Sales Order, new]: customer" },
			"MandatoryError: [Sales Order, new]: customer",
		],
		[
			403,
			{ exc_type: "PermissionError", _error_message: "No permission for Sales Order" },
			"PermissionError: No permission for Sales Order",
		],
		[401, { exc_type: "AuthenticationError" }, "AuthenticationError"],
		[404, { message: "Not found" }, "Not found"],
		[
			200,
			{ exc_type: "ValidationError", exception: "ValidationError: inside 200", data: null },
			"ValidationError: inside 200",
		],
		[
			417,
			{ exc_type: "ValidationError", _server_messages: told({ message: "one" }, { message: "two" }) },
			"ValidationError: one; two",
		],
	])("http %i %j is a refusal for sure", (status, body, refusal) => {
		expect(read(answer(status, body))).toEqual({ refusal, sure: true });
	});

	it.each([
		[409, "DuplicateEntryError", "Sales Order SO-1-1 already exists"],
		[
			417,
			"ValidationError",
			"Sales Order SO-1 already exists against Customer's Purchase Order 42. To allow multiple …",
		],
		[417, "UniqueValidationError", "Hub No must be unique"],
		[417, "TimestampMismatchError", "Document has been modified after you have opened it"],
		[429, "", "slower"],
		[417, "QueryDeadlockError", "deadlock"],
	])("http %i %s: %s leaves it open", (status, exc_type, message) => {
		const body = { exc_type, _server_messages: told({ message }) };
		expect(read(answer(status, body))).toMatchObject({ sure: false, refusal: expect.stringContaining(message) });
	});

	it.each([
		[200, "<html>502 Bad Gateway</html>"],
		[404, "<html>nginx</html>"],
		[200, '{"data":[{"na'],
		[200, "null"],
		[200, { message: "pong" }],
		[403, {}],
	])("http %i %j is none of its answers", (status, body) => {
		expect(() => read(answer(status, body))).toThrow(expect.objectContaining({ type: "ERP_UNREADABLE" }));
	});
});

describe("readRows and readDocument", () => {
	it("take no answer of another shape", () => {
		const unreadable = expect.objectContaining({ type: "ERP_UNREADABLE" });
		expect(() => readRows(answer(200, { data: {} }), (row) => row)).toThrow(unreadable);
		expect(() => readDocument(answer(200, { data: {} }))).toThrow(unreadable);
		expect(() => readDocument(answer(200, { data: "ok" }))).toThrow(unreadable);
	});

	it("do not take a refused question for an empty list", () => {
		const refused = answer(403, { exc_type: "PermissionError", exception: "frappe.exceptions.PermissionError: no" });
		expect(() => readRows(refused, (row) => row)).toThrow(
			expect.objectContaining({ type: "ERP_REFUSED", message: expect.stringContaining("PermissionError: no") }),
		);
	});
});
