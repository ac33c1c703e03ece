import { createCipheriv, createHash } from "node:crypto";

/** Lower-case hex SHA1 over the texts in byte order, one behind the other. */
export function pushSignature(texts: string[]): string {
	const inOrder = texts.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
	return createHash("sha1").update(inOrder.join(""), "utf8").digest("hex");
}

/**
 * AES-256-CBC over 16 random bytes, the message's length in 4 bytes, the message and the app's id, filled up to a multiple
 * of 32 bytes by as many bytes of the value of their count. The key's first half is the IV.
 */
export function sealed(
	message: string,
	{ aesKey, appId, random }: { aesKey: string; appId: string; random: Buffer },
): string {
	const key = Buffer.from(`${aesKey}=`, "base64");
	const text = Buffer.from(message, "utf8");
	const head = Buffer.alloc(20);
	random.copy(head, 0, 0, 16);
	head.writeUInt32BE(text.length, 16);
	const open = Buffer.concat([head, text, Buffer.from(appId)]);
	const fill = 32 - (open.length % 32);
	const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16));
	cipher.setAutoPadding(false);
	return cipher.update(Buffer.concat([open, Buffer.alloc(fill, fill)])).toString("base64");
}
