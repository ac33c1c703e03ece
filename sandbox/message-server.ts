import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { TransportFault } from "./faults.ts";
import type { MessageSocket } from "./platforms/messenger.ts";
import type { PrintRoom } from "./print/print-room.ts";
import type { Simulators } from "./simulators.ts";
import type { Received } from "./target.ts";

const longestFrame = 1024 * 1024; // bytes

type Served = Pick<Simulators, "platforms" | "faults" | "counters" | "journal"> & {
	printRoom: Pick<PrintRoom, "components">;
};

/** What WebSockets are taken for. */
interface SocketTarget {
	name: string;
	connect(socket: MessageSocket, request: Received): void;
	/** Those that strike a client on its way in. */
	faults: readonly TransportFault[];
}

/** Takes WebSockets for the platforms that have a message server, and for the print components. */
export class MessageServer {
	readonly #simulators: Served;
	readonly #upgrades = new WebSocketServer({ noServer: true, maxPayload: longestFrame });
	/** Connections of every state: those that a fault lets hang never become WebSockets. */
	readonly #connections = new Set<Duplex>();

	constructor(simulators: Served) {
		this.#simulators = simulators;
	}

	/**
	 * A client that wants a WebSocket. Faults `hang`, `reset` and `status` strike the call as any other; where commands
	 * follow, as with print components, the first two strike those.
	 */
	upgrade(request: IncomingMessage, connection: Duplex, head: Buffer): void {
		this.#connections.add(connection);
		connection.once("close", () => this.#connections.delete(connection));
		connection.on("error", () => connection.destroy()); // a client that left
		const address = `http://sandbox${request.url}`;
		const url = new URL(URL.canParse(address) ? address : "http://sandbox/");
		const target = this.#targetOf(url.pathname);
		if (!target) return void connection.end("HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n");
		const { faults, counters, journal } = this.#simulators;
		counters.of(target.name).requests += 1;
		const fault = faults.strike(target.name, target.faults);
		journal.flush(); // the fault's count
		if (fault?.name === "hang") return;
		if (fault?.name === "reset") return void connection.destroy();
		if (fault) return void connection.end(`HTTP/1.1 ${fault.value} Fault\r\nconnection: close\r\n\r\n`);
		const received: Received = {
			method: "GET",
			path: url.pathname.slice(target.name.length + 1),
			query: url.searchParams,
			headers: request.headers,
			body: "",
		};
		this.#upgrades.handleUpgrade(request, connection, head, (webSocket) => {
			target.connect(this.#socketOf(webSocket), received);
			journal.flush();
		});
	}

	close(): void {
		for (const connection of this.#connections) connection.destroy();
	}

	#targetOf(path: string): SocketTarget | undefined {
		const { platforms, printRoom } = this.#simulators;
		const component = printRoom.components.find(({ name }) => path === `/${name}`);
		if (component) {
			return { name: component.name, connect: (...args) => component.connect(...args), faults: ["status"] };
		}
		const platform = platforms.find(
			({ messagePath }) => messagePath !== "" && (path === messagePath || path.startsWith(`${messagePath}/`)),
		);
		if (!platform?.connect) return undefined;
		return {
			name: platform.name,
			connect: (...args) => platform.connect?.(...args),
			faults: ["hang", "reset", "status"],
		};
	}

	/** What a frame changes is written down before the next one is read. */
	#socketOf(webSocket: WebSocket): MessageSocket {
		webSocket.binaryType = "nodebuffer";
		webSocket.on("error", () => webSocket.terminate()); // a frame that is none; `close` follows
		return {
			send: (frame) => webSocket.send(frame),
			close: () => webSocket.close(),
			onFrame: (listener) => {
				webSocket.on("message", (frame: Buffer) => {
					listener(frame);
					this.#simulators.journal.flush();
				});
			},
			onClose: (listener) => void webSocket.on("close", listener),
		};
	}
}
