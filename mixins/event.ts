/** The envelope of everything that happens in the hub, and how it is received. */
export interface HubEvent {
	id: string; // the same id twice is one event
	subject: string; // hub.<noun>.<verb>
	at: string; // ISO time
	traceId: string;
	body: Record<string, unknown>; // without people's data
}

export interface ConsumerSpec {
	name: string; // durable: two fetchers of one name share its deliveries
	subjects: string[]; // "hub.order.ready", or "hub.order.*" for every verb
	ackWaitMs: number; // unacknowledged for so long: delivered again
	maxAttempts: number; // after the last one the delivery is parked
	backoffMs: number[]; // pause after the 1st, 2nd … failure; the last one repeats
}

export interface Delivery {
	token: string; // acknowledges this very delivery, from any process
	attempt: number; // 1 for the first
	event: HubEvent;
}
