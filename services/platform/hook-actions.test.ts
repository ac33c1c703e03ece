import { describe, expect, it } from "vitest";
import { startBroker } from "../../test/broker.ts";
import { hookActions } from "./hook-actions.ts";
import { messageModels } from "./message.model.ts";
import { taobao } from "./taobao/adapter.ts";

describe("a call to a platform that sends no messages", () => {
	it("finds nothing: whoever calls is not to hear of a fault of ours", async () => {
		const name = "platform.silent";
		const broker = await startBroker({
			name,
			actions: hookActions({ ...taobao, hook: undefined }, messageModels("silent")),
		});
		const call = { shopId: "s1", method: "POST", path: "/", query: {}, headers: {}, body: "" };
		await expect(broker.call(`${name}.hook`, call)).rejects.toMatchObject({ type: "NOT_FOUND" });
		await broker.stop();
	});
});
