import { describe, expect, it } from "vitest";
import { chosen, defaultAddress } from "./choices.ts";

const reasons = [
	{ code: "1", text: "已发货", needsProof: false },
	{ code: "2", text: "其他", needsProof: false },
];
const address = (id: string, isDefault: boolean) => ({ id, text: "", isDefault });
const invalid = (field: string) => expect.objectContaining({ type: "INVALID", data: { field } });

describe("a decision", () => {
	it("names one of the platform's reasons", () => {
		expect(chosen(reasons, "2")).toBe(reasons[1]);
		expect(() => chosen(reasons, "3")).toThrow(invalid("reasonCode"));
	});

	it("without an address means the default one, or the first where none is", () => {
		expect(defaultAddress([address("a", false), address("b", true)]).id).toBe("b");
		expect(defaultAddress([address("a", false), address("b", false)]).id).toBe("a");
		expect(() => defaultAddress([])).toThrow(invalid("addressId"));
	});
});
