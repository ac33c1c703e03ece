import { describe, expect, it } from "vitest";
import { printClientNames, printClientsAt } from "./print-clients.ts";

describe("print components", () => {
	it("listen where their vendors say", () => {
		expect(printClientsAt(null)).toMatchObject([
			{ name: "cainiao", ws: "ws://localhost:13528", wss: "wss://localhost:13529", mostDocuments: 1, results: "push" },
			{ name: "jd", ws: "ws://localhost:9113", wss: "", results: "answer" },
			{ name: "pdd", ws: "ws://127.0.0.1:5000", wss: "wss://localhost:18653" },
			{ name: "douyin", ws: "ws://127.0.0.1:13888" },
			{ name: "weixin", ws: "ws://127.0.0.1:12705", results: "answer" },
			{ name: "kuaishou", ws: "ws://localhost:16888/ks/printer", mostDocuments: 10 },
			{ name: "xiaohongshu", ws: "ws://localhost:10818" },
		]);
	});

	it("are all below one address where that is given", () => {
		const given = printClientsAt("ws://127.0.0.1:3900/print/");
		expect(given.map(({ ws }) => ws)).toEqual(printClientNames.map((name) => `ws://127.0.0.1:3900/print/${name}`));
		expect(given.every(({ wss }) => wss === "")).toBe(true);
		expect(printClientsAt("wss://desk.example/print")[1]).toMatchObject({ ws: "", wss: "wss://desk.example/print/jd" });
	});
});
