/**
 * A Moleculer transporter over the channel between the supervisor and its children: one machine, no listening port
 * on which anyone could call actions. The supervisor's side, `relay`, passes packets on by topic.
 */
import type { ChildProcess } from "node:child_process";
import { Transporters } from "moleculer";

type ChannelMessage = { hub: "subscribe"; topic: string } | { hub: "packet"; topic: string; data: Uint8Array };

const isChannelMessage = (message: unknown): message is ChannelMessage =>
	typeof message === "object" && message !== null && "hub" in message;

/** What Moleculer's base class gives and its types leave out. */
interface TransporterBase {
	connected: boolean;
	onConnected(): Promise<void>;
	getTopicName(command: string, nodeId?: string): string;
	receive(command: string, data: Buffer): void;
}

export class ChannelTransporter extends Transporters.Base {
	private readonly handlers = new Map<string, (data: Buffer) => void>();
	private readonly listen = (message: unknown): void => {
		if (!isChannelMessage(message) || message.hub !== "packet") return;
		this.handlers.get(message.topic)?.(Buffer.from(message.data));
	};

	private get base(): TransporterBase {
		return this as unknown as TransporterBase;
	}

	override async connect(): Promise<void> {
		process.on("message", this.listen);
		await this.base.onConnected();
	}

	override async disconnect(): Promise<void> {
		this.base.connected = false;
		process.off("message", this.listen);
	}

	override async subscribe(command: string, nodeId?: string): Promise<void> {
		const topic = this.base.getTopicName(command, nodeId);
		this.handlers.set(topic, (data) => this.base.receive(command, data));
		await this.tell({ hub: "subscribe", topic });
	}

	/** Requests and events go to the node that the sender's registry chose: nothing to balance here. */
	async subscribeBalancedRequest(): Promise<void> {}
	async subscribeBalancedEvent(): Promise<void> {}

	override async send(topic: string, data: Buffer): Promise<void> {
		await this.tell({ hub: "packet", topic, data });
	}

	private tell(message: ChannelMessage): Promise<void> {
		return new Promise((resolve, reject) => {
			if (!process.send) return reject(new Error("this process has no supervisor"));
			process.send(message, undefined, undefined, (err) => (err ? reject(err) : resolve()));
		});
	}
}

/** The supervisor's side. Children must be forked with `serialization: "advanced"`. */
export class ChannelRelay {
	private readonly subscribers = new Map<string, Set<ChildProcess>>();

	/** Passes the child's packets on until it ends. */
	attach(child: ChildProcess): void {
		child.on("message", (message) => {
			if (!isChannelMessage(message)) return;
			if (message.hub === "subscribe") {
				const children = this.subscribers.get(message.topic) ?? new Set();
				this.subscribers.set(message.topic, children.add(child));
			} else this.publish(message.topic, message.data);
		});
		child.once("exit", () => {
			for (const children of this.subscribers.values()) children.delete(child);
		});
	}

	/** A child that is just ending takes nothing more; its peers learn of its end from `announceEnd`. */
	publish(topic: string, data: Uint8Array): void {
		for (const child of this.subscribers.get(topic) ?? []) {
			if (child.connected) child.send({ hub: "packet", topic, data } satisfies ChannelMessage);
		}
	}

	/** Tells the others that a node died, so that calls to it fail now and not at their timeout. */
	announceEnd(nodeId: string): void {
		const packet = JSON.stringify({ ver: "5", sender: nodeId });
		this.publish("MOL-hub.DISCONNECT", Buffer.from(packet));
	}
}
