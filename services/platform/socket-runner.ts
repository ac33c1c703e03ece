import type { Service, ServiceSchema } from "moleculer";
import { WebSocket } from "ws";
import { env } from "../../config/env.ts";
import { egressRule, guardedDial } from "../../mixins/egress.ts";
import type { OpenShop, ShopView } from "../shop/shop.ts";
import type { PlatformAdapter, ShopAccess } from "./adapter.ts";
import type { MessageModels } from "./message.model.ts";
import type { Frame, SocketDriver } from "./messages.ts";
import { takeMessages } from "./take-messages.ts";

const leaseMs = 15_000; // renewed three times before it ends
const planEveryMs = leaseMs / 3;
const openWithinMs = 10_000;
/** After so many failures in a row: an app without the permission is not asked for it every few seconds. */
const pausesMs = [0, 0, 10_000, 30_000, 120_000, 300_000];
/** A line that held for so long was no failure. */
const heldMs = 60_000;
const maxFrameBytes = 1024 * 1024;
const mayConnect = egressRule(env.egressAllow);

/** One connection for each app and message server, kept by one process of all. */
interface Line {
	shop: ShopAccess;
	socket: WebSocket;
	session: string;
	beat: NodeJS.Timeout | undefined;
	/** Frames are taken one after the other: the session of one is the start of the next. */
	work: Promise<void>;
}

/** Keeps a line open to the platform's message server for each app that has a shop here. */
export function listensAtMessageServer(
	{ name }: PlatformAdapter,
	driver: SocketDriver,
	models: MessageModels,
): Partial<ServiceSchema> {
	const runners = new WeakMap<Service, SocketRunner>();
	return {
		async started() {
			const runner = new SocketRunner(this, name, driver, models);
			runners.set(this, runner);
			runner.start();
		},
		async stopped() {
			await runners.get(this)?.stop();
		},
	};
}

class SocketRunner {
	readonly #service: Service;
	readonly #platform: string;
	readonly #driver: SocketDriver;
	readonly #models: MessageModels;
	readonly #lines = new Map<string, Line>();
	readonly #failures = new Map<string, { count: number; until: number }>();
	#timer: NodeJS.Timeout | undefined;
	#stopping = false;
	#planning: Promise<void> = Promise.resolve();

	constructor(service: Service, platform: string, driver: SocketDriver, models: MessageModels) {
		this.#service = service;
		this.#platform = platform;
		this.#driver = driver;
		this.#models = models;
	}

	start(): void {
		this.#planning = this.#plan()
			.catch((err: Error) => this.#service.logger.warn("message server not planned", { reason: err.message }))
			.finally(() => {
				if (!this.#stopping) this.#timer = setTimeout(() => this.start(), planEveryMs);
			});
	}

	async stop(): Promise<void> {
		this.#stopping = true;
		clearTimeout(this.#timer);
		await this.#planning;
		const ids = [...this.#lines.keys()];
		for (const id of ids) this.#hangUp(id);
		await this.#models.leases.deleteMany({ _id: { $in: ids }, by: this.#me });
	}

	get #me(): string {
		return this.#service.broker.nodeID;
	}

	/** Brings the lines in line with the shops: one for each app, unless another process keeps it. */
	async #plan(): Promise<void> {
		const { broker } = this.#service;
		const { items } = await broker.call<{ items: ShopView[] }, object>("shop.all", {});
		const wanted = new Map<string, string>();
		for (const { _id, platform, status, app, messageUrl } of items) {
			if (platform === this.#platform && status === "ACTIVE" && messageUrl) wanted.set(`${app.key} ${messageUrl}`, _id);
		}
		for (const id of this.#lines.keys()) if (!wanted.has(id)) this.#hangUp(id);
		for (const [id, shopId] of wanted) {
			const mine = await this.#lease(id);
			if (!mine) this.#hangUp(id);
			else if (!this.#lines.has(id) && !this.#stopping && (this.#failures.get(id)?.until ?? 0) <= Date.now()) {
				this.#dial(id, await broker.call<OpenShop, object>("shop.access", { shopId }));
			}
		}
	}

	async #lease(_id: string): Promise<boolean> {
		const until = new Date(Date.now() + leaseMs);
		const free = { _id, $or: [{ by: this.#me }, { until: { $lte: new Date() } }] };
		try {
			await this.#models.leases.updateOne(free, { $set: { by: this.#me, until } }, { upsert: true });
			return true;
		} catch (err) {
			if ((err as { code?: number }).code === 11000) return false; // another process has it
			throw err;
		}
	}

	/** Follows no redirect, as nothing does that calls what others name. */
	#open(shop: ShopAccess): WebSocket {
		const url = new URL(this.#driver.url(shop, new Date()));
		const dial = guardedDial(url, mayConnect);
		return new WebSocket(url, { handshakeTimeout: openWithinMs, maxPayload: maxFrameBytes, ...dial });
	}

	#dial(id: string, shop: ShopAccess): void {
		const facts = { platform: this.#platform, app: shop.appKey };
		const dialledAt = Date.now();
		let socket: WebSocket;
		try {
			socket = this.#open(shop);
		} catch (err) {
			// One address that cannot be used is no reason to leave the lines of other apps alone.
			this.#service.logger.warn("message server", { ...facts, reason: (err as Error).message });
			this.#failed(id, dialledAt);
			return;
		}
		const line: Line = { shop, socket, session: "", beat: undefined, work: Promise.resolve() };
		this.#lines.set(id, line);
		socket.on("open", () => {
			this.#service.logger.info("message server connected", facts);
			this.#send(line, this.#driver.opened(shop, new Date()));
			line.beat = setInterval(() => {
				this.#send(line, this.#driver.beat(line.session, new Date()));
			}, this.#driver.beatMs);
		});
		socket.on("message", (data) => {
			line.work = line.work
				.then(() => this.#take(line, data as Buffer))
				.catch((err: Error) => {
					this.#service.logger.warn("message server: connection given up", { ...facts, reason: err.message });
					socket.terminate();
				});
		});
		socket.on("error", (err) => this.#service.logger.warn("message server", { ...facts, reason: err.message }));
		socket.on("close", () => {
			clearInterval(line.beat);
			if (this.#lines.get(id) !== line) return; // hung up by us
			this.#lines.delete(id);
			this.#failed(id, dialledAt);
		});
	}

	/** Dialled again by one of the next plans. */
	#failed(id: string, dialledAt: number): void {
		const count = Date.now() - dialledAt > heldMs ? 0 : (this.#failures.get(id)?.count ?? 0) + 1;
		this.#failures.set(id, { count, until: Date.now() + (pausesMs[Math.min(count, pausesMs.length - 1)] ?? 0) });
	}

	/** What cannot be taken now is not acknowledged, so that it comes again. */
	async #take(line: Line, frame: Buffer): Promise<void> {
		const { session, send, messages } = this.#driver.read(frame, line.session);
		line.session = session;
		this.#send(line, send);
		for (const { ack, ...message } of messages) {
			await takeMessages(this.#service.broker, this.#models, this.#platform, line.shop, [message]);
			this.#send(line, [ack]);
		}
	}

	#send({ socket }: Line, frames: readonly Frame[]): void {
		if (socket.readyState !== WebSocket.OPEN) return; // its close is on the way
		for (const frame of frames) socket.send(frame);
	}

	#hangUp(id: string): void {
		const line = this.#lines.get(id);
		if (!line) return;
		this.#lines.delete(id);
		clearInterval(line.beat);
		line.socket.terminate();
	}
}
