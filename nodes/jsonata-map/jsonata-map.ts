/**
 * jsonata-map: makes an ERP document of the order `msg.payload`, or of `{aftersale, order}`; `msg.payload` = the document.
 * The mapping sees `{order, cfg}` or `{aftersale, order, cfg}`, cfg being the settings of the ERP connection. It runs in
 * a thread with a time limit.
 */
import express from "express";
import type { Node, NodeAPI, NodeDef } from "node-red";
import { connectionOf } from "../erp-connection/erp-connection.ts";
import { Mapper } from "./mapper.ts";
import { deployedMapping, mappingNames, readMapping } from "./mapping-files.ts";

interface JsonataMapDef extends NodeDef {
	source: "file" | "inline";
	file: string;
	expression: string;
	connection: string; // "": cfg is empty
}

let mapper: Mapper | undefined;
let users = 0;

function useMapper(): Mapper {
	users += 1;
	mapper ??= new Mapper();
	return mapper;
}

async function leaveMapper(): Promise<void> {
	users -= 1;
	if (users > 0) return;
	const last = mapper;
	mapper = undefined;
	await last?.close();
}

/** What `aftersale-get` read goes in as it is; anything else is an order. */
const subjectOf = (payload: unknown): object =>
	payload !== null && typeof payload === "object" && "aftersale" in payload ? payload : { order: payload };

export default function register(RED: NodeAPI): void {
	function JsonataMapNode(this: Node, def: JsonataMapDef): void {
		RED.nodes.createNode(this, def);
		const shared = useMapper();
		const source = (): string => (def.source === "inline" ? def.expression : deployedMapping(def.file));
		try {
			source();
		} catch {
			this.status({ fill: "red", shape: "ring", text: "jsonata-map.status.noFile" });
		}

		this.on("input", async (msg, send, done) => {
			try {
				const cfg = def.connection ? await connectionOf(RED, def.connection).settings() : {};
				msg.payload = await shared.run(source(), { ...subjectOf(msg.payload), cfg });
				this.status({});
				send(msg);
				done();
			} catch (err) {
				this.status({ fill: "red", shape: "ring", text: (err as Error).message.slice(0, 60) });
				done(err as Error);
			}
		});
		this.on("close", (done: () => void) => void leaveMapper().then(done));
	}
	RED.nodes.registerType("jsonata-map", JsonataMapNode);

	/** For the editor: the mappings there are, the text of one, and a trial run. */
	RED.httpAdmin.get("/hub/mappings", RED.auth.needsPermission("flows.read"), async (_req, res, next) => {
		try {
			res.json(await mappingNames());
		} catch (err) {
			next(err);
		}
	});
	RED.httpAdmin.get("/hub/mappings/:dialect/:name", RED.auth.needsPermission("flows.read"), async (req, res) => {
		try {
			res.type("text/plain").send(await readMapping(`${req.params.dialect}/${req.params.name}`));
		} catch {
			res.status(404).end();
		}
	});
	const body = express.json({ limit: "1mb" });
	RED.httpAdmin.post("/hub/mapping-trial", RED.auth.needsPermission("flows.write"), body, async (req, res) => {
		const { expression, input } = req.body as { expression: string; input: unknown };
		const trial = new Mapper(1);
		try {
			res.json({ output: await trial.run(String(expression), input) });
		} catch (err) {
			res.status(422).json({ message: (err as Error).message });
		} finally {
			await trial.close();
		}
	});
}
