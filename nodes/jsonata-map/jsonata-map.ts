/**
 * jsonata-map: makes an ERP document of the order `msg.payload`, or of `{aftersale, order}`; `msg.payload` = the document.
 * The mapping sees `{order, cfg}` or `{aftersale, order, cfg}`, cfg being the settings of the ERP connection. It runs in
 * a thread with a time limit.
 */
import type { Node, NodeAPI } from "node-red";
import { connectionOf } from "../erp-connection/erp-connection.ts";
import { Mapper } from "./mapper.ts";
import { deployedMapping } from "./mapping-files.ts";
import { type JsonataMapDef, migrate } from "./migrations.ts";
import { mappingRoutes } from "./routes.ts";

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
	function JsonataMapNode(this: Node, saved: JsonataMapDef): void {
		RED.nodes.createNode(this, saved);
		const { source: from, file, expression, connection } = migrate(saved);
		const shared = useMapper();
		const source = (): string => (from === "inline" ? expression : deployedMapping(file));
		try {
			source();
		} catch {
			this.status({ fill: "red", shape: "ring", text: "jsonata-map.status.noFile" });
		}

		this.on("input", async (msg, send, done) => {
			try {
				const cfg = connection ? await connectionOf(RED, connection).settings() : {};
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
	mappingRoutes(RED);
}
