/** What a rig is told and what it answers. All of it travels as JSON between two processes. */
import type { FlowNode } from "../../editor/flow-files.ts";
import type { PushKind } from "../../erp/driver.ts";
import type { Order } from "../../order/order.ts";
import type { Happened } from "./flow-runner.ts";

/** What is to be run over orders: a tab with what it uses, or a mapping alone. */
export type Revision =
	| { flows: FlowNode[]; tabId: string; subject: string } // subject: of the event that each order is sent as
	| { mapping: { source: string; kind: PushKind; connectionId: string } };

/** Connections by id, without their secrets. */
export type Connections = Record<string, { dialect: string; settings: Record<string, string> }>;

export interface Plan {
	revision: Revision;
	connections: Connections;
	limitMs: number; // an order is given up after so long
	functionSec: number; // and a loop in a function node after so long
}

/** One document that a revision would push. */
export interface MadeDocument {
	kind: PushKind;
	connectionId: string;
	document: unknown;
	/** Fields for which the ERP would refuse it: "orderLines.orderLine[].planQty". */
	objections: string[];
	bookedFen: number | null; // what the ERP would be owed by it; null: it has no such amount
}

/** What a revision made of one order. */
export interface Made {
	documents: MadeDocument[];
	/** Other actions it called that do something: a hold, a remark, an alert … */
	deeds: Happened["calls"];
	outcome: Happened["settled"];
	reason: string;
}

/** An order as `order.get` answers it, through JSON. */
export type StoredOrder = Pick<Order, "_id" | "lines"> & Record<string, unknown>;

export type ToRig = { plan: Plan } | { orders: StoredOrder[] };

/** `made`: the JSON of a Made for each order, in their order: equal texts need no further look. */
export type FromRig = "ready" | { made: string[]; network: Network } | { broken: string };

/** What left, or tried to. */
export interface Network {
	attempts: number;
	connections: number;
	targets: string[]; // of the attempts, a few of them
}
