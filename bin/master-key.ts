import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The key of a hub that was not given one: made once and kept beside its data, readable by its owner alone. */
export function masterKeyIn(dataDir: string): Buffer {
	const file = path.join(dataDir, "master.key");
	try {
		writeFileSync(file, randomBytes(32).toString("base64"), { mode: 0o600, flag: "wx" });
	} catch (err) {
		if ((err as NodeJS.ErrnoException).code !== "EEXIST") throw err;
	}
	const key = Buffer.from(readFileSync(file, "utf8"), "base64");
	if (key.length !== 32)
		throw new Error(`${file} does not hold a key of 32 bytes; restore it: secrets in the store need it`);
	return key;
}
