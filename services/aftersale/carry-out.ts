/** Tells platforms what was decided about after-sales, each decision once, whatever breaks on the way. */
import { typeOf } from "../../config/errors.ts";
import type { Reading } from "../platform/document-actions.ts";
import type { AftersaleDocument } from "./aftersale.model.ts";
import type { PlatformAftersale } from "./aftersale.ts";
import { changeAftersale } from "./change.ts";
import { factsOf } from "./decide.ts";
import type { DecisionState, StoredDecision } from "./decision.ts";
import {
	afterCall,
	afterLook,
	afterRefusal,
	beforeCall,
	done,
	type Fresh,
	failed,
	pauseMs,
	type Step,
	tooLate,
	verbOf,
	withStep,
} from "./decision-step.ts";
import { aftersaleEvent } from "./events.ts";
import { legalMoves } from "./moves.ts";

/** Calls actions: a ServiceBroker. */
export interface Hub {
	call<Result>(
		action: string,
		params: object,
		options?: { timeout?: number; meta?: Record<string, unknown> },
	): Promise<Result>;
}

/** One decision is worked on for so long at most; whoever takes it after that looks at the platform first. */
export const leaseMs = 45_000;
const decideMs = 25_000; // the platform service reaches the call itself within 8 s or not at all, and it takes 15 s at most
const lookMs = 10_000;
const rereads = 6; // then it is left to the pull

/** An after-sale whose time has come, with a decision. */
type Taken = AftersaleDocument & { decision: StoredDecision };

/** See mixins/due.ts. @returns the decision's state then, as far as it is still ours */
export async function carryOut(hub: Hub, aftersale: AftersaleDocument): Promise<DecisionState | "TAKEN_OVER"> {
	if (!hasDecision(aftersale)) throw new Error("nothing is decided");
	if (aftersale.decision.state === "DONE") return readAgain(hub, aftersale);
	const began = new Date();
	const early = await prepare(hub, aftersale).catch((err: Error) => beforeCall(aftersale.decision, err, new Date()));
	if (early) return store(aftersale, early, began);
	// Written before the call: whoever finds it so after a crash knows that a call may have been made.
	const sending = await startSending(aftersale);
	if (!sending) return "TAKEN_OVER";
	return store(sending, await tell(hub, sending), began);
}

const hasDecision = (aftersale: AftersaleDocument): aftersale is Taken => Boolean(aftersale.decision);

/** What settles it without a call. @returns null when the platform is to be told */
async function prepare(hub: Hub, aftersale: Taken): Promise<Step | null> {
	const { decision } = aftersale;
	if (decision.doubtful) return afterLook(decision, await look(hub, aftersale), new Date());
	return legalMoves(aftersale).includes(decision.action) ? null : failed(tooLate(aftersale));
}

async function tell(hub: Hub, aftersale: Taken): Promise<Step> {
	const { platform, shopId, aftersaleNo, decision } = aftersale;
	const { action, addressId, reasonCode, note, carrier, trackingNo } = decision;
	const params = { shopId, aftersaleNo, action, addressId, reasonCode, note, carrier, trackingNo };
	try {
		await hub.call(`platform.${platform}.aftersales.decide`, params, { timeout: decideMs });
		return done(new Date());
	} catch (err) {
		if (typeOf(err) !== "PLATFORM_REFUSED") return afterCall(decision, err, new Date());
		const words = (err as Error).message;
		return look(hub, aftersale).then(
			(fresh) => afterRefusal(decision, words, fresh, new Date()),
			(unseen) => (typeOf(unseen) === "PLATFORM_REFUSED" ? failed(words) : afterCall(decision, unseen, new Date())),
		);
	}
}

/** Reads the after-sale from its platform and saves it. @throws PLATFORM_… */
async function look(hub: Hub, { platform, shopId, aftersaleNo }: AftersaleDocument): Promise<Fresh> {
	const { document } = await hub.call<Reading<PlatformAftersale>>(
		`platform.${platform}.aftersales.get`,
		{ shopId, id: aftersaleNo },
		{ timeout: lookMs },
	);
	await hub.call("aftersale.save", document, { timeout: lookMs, meta: { actor: `platform:${platform}` } });
	return document;
}

/** The answer was taken: what it made of the after-sale is to be seen at once, not only with the next pull. */
async function readAgain(hub: Hub, aftersale: Taken): Promise<"DONE" | "TAKEN_OVER"> {
	const { tries } = aftersale.decision;
	const seen = await look(hub, aftersale).then(
		() => true,
		() => false, // the pull brings it too
	);
	const nextAt = seen || tries >= rereads ? null : new Date(Date.now() + pauseMs(tries));
	const stored = await inTurn(aftersale, (decision) => ({
		set: { decision: { ...decision, tries: nextAt ? tries + 1 : 0 } },
		nextAt,
		events: () => [],
	}));
	return stored ? "DONE" : "TAKEN_OVER";
}

const startSending = (aftersale: Taken): Promise<Taken | null> =>
	inTurn(aftersale, (decision) => ({
		set: { decision: { ...decision, state: "SENDING", doubtful: true } },
		nextAt: new Date(Date.now() + leaseMs),
		events: () => [],
	}));

async function store(aftersale: Taken, step: Step, began: Date): Promise<DecisionState | "TAKEN_OVER"> {
	const verb = verbOf(aftersale, step);
	const stored = await inTurn(aftersale, (before) => {
		const decision = withStep(before, step, began, new Date());
		const cause = { by: before.by, traceId: before.traceId };
		return {
			set: { decision },
			nextAt: step.at,
			events: (next) => (verb ? [aftersaleEvent(verb, next, cause, factsOf(decision))] : []),
		};
	});
	return stored ? step.state : "TAKEN_OVER";
}

/** Stores a change of the decision unless it went on without us; then null. */
async function inTurn(
	{ _id, turn }: Taken,
	change: (decision: StoredDecision) => ReturnType<Parameters<typeof changeAftersale>[1]>,
): Promise<Taken | null> {
	let ours = false;
	const stored = await changeAftersale(_id, (aftersale) => {
		ours = aftersale.turn === turn && aftersale.decision !== null;
		return ours && aftersale.decision ? change(aftersale.decision) : null;
	});
	return ours && hasDecision(stored) ? { ...stored, turn: turn + 1 } : null;
}
