import { describe, expect, it } from "vitest";
import { pushSignature, sealed } from "./push-crypto.ts";

/** Published examples of the message push guide and of the vendor's sample text. */
describe("signing and sealing pushes", () => {
	it("signs as the published example of the URL verification", () => {
		expect(pushSignature(["AAAAA", "1714036504", "1514711492"])).toBe("f464b24fc39322e44b38aa78f5edd27bd1441696");
	});

	it("signs and seals as the published example of a push", () => {
		const message =
			'{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}';
		const encrypted = sealed(message, {
			aesKey: "A".repeat(43),
			appId: "wxba5fad812f8e6fb9",
			random: Buffer.from("a8eedb185eb2fecf"),
		});
		expect(encrypted).toMatch(/^\+qdx1OKCy\+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao/);
		expect(pushSignature(["AAAAA", "1714112445", "415670741", encrypted])).toBe(
			"046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
		);
	});
});
