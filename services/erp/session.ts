/** Signed-in sessions of the ERPs that want one: in this process's memory, by connection, never stored or logged. */
import { createHash } from "node:crypto";
import type { Connection } from "./driver.ts";

interface Session {
	connection: string; // what the connection was like then: a session of other keys is of no use
	value: Promise<string>;
}

const sessions = new Map<string, Session>();

/** One sign-in however many wait for it. One that fails is forgotten, so that the next call tries again. */
export function sessionOf(connection: Connection, signIn: () => Promise<string>): Promise<string> {
	const now = fingerprint(connection);
	const known = sessions.get(connection.id);
	if (known?.connection === now) return known.value;
	const session = { connection: now, value: signIn() };
	sessions.set(connection.id, session);
	session.value.catch(() => drop(connection.id, session));
	return session.value;
}

/** The ERP says that this session is gone. One that somebody got since then stays. */
export async function forgetSession(connection: Connection, lost: string): Promise<void> {
	const known = sessions.get(connection.id);
	if (known && (await known.value.catch(() => lost)) === lost) drop(connection.id, known);
}

function drop(id: string, session: Session): void {
	if (sessions.get(id) === session) sessions.delete(id);
}

function fingerprint({ url, settings, secrets }: Connection): string {
	return createHash("sha256")
		.update(JSON.stringify([url, settings, secrets]))
		.digest("base64url");
}
