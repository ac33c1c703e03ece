/** `hub keys rotate`: a new key for the tokens of a running hub. */
import { type Account, HubClient } from "./hub-client.ts";

const usage = `usage: hub keys rotate
Makes a new key that signs access tokens a minute from now. Nobody is signed out: tokens of the old key are good until
their own time is over. HUB_URL, HUB_USER and HUB_PASSWORD say which hub, and who asks.`;

/** @returns 0, or 2 for wrong arguments */
export async function keysCommand(args: string[], account: Account): Promise<number> {
	if (args.length !== 1 || args[0] !== "rotate") {
		console.error(usage);
		return 2;
	}
	const { kid, signsFrom } = await new HubClient(account).post<{ kid: string; signsFrom: string }>("/keys/rotate", {});
	console.log(`key ${kid} signs from ${signsFrom}`);
	return 0;
}
