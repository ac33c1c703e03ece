import type { ServiceBroker } from "moleculer";
import { type Session, sessionOf } from "./session.ts";

/** Nobody tells an open connection that its user was locked out or lost a role, so it asks. */
const lookEveryMs = 20_000;

/**
 * Calls `over` once when the session ends: its time is up, or the account service no longer knows it. `changed` hears
 * what the session is as often as it is looked at. While the account service does not answer, the session goes on.
 * @returns what ends the watch
 */
export function watchSession(
	broker: ServiceBroker,
	token: string,
	{ exp }: Session,
	{ over, changed }: { over(): void; changed?(session: Session): void },
): () => void {
	const end = (): void => {
		stop();
		over();
	};
	const look = async (): Promise<void> => {
		const session = await sessionOf(broker, token);
		if (session) changed?.(session);
		else end();
	};
	const late = (err: Error): void => broker.getLogger("editor").warn("session not looked at", { reason: err.message });
	const looks = setInterval(() => void look().catch(late), lookEveryMs);
	const timeUp = setTimeout(end, exp * 1_000 - Date.now());
	const stop = (): void => {
		clearInterval(looks);
		clearTimeout(timeUp);
	};
	return stop;
}
