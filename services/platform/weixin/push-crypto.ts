/**
 * Signature and cipher of 微信's message pushes in secure mode. Source: message push guide; checked with the published
 * example and several SDKs (see vectors.json).
 */
import { createCipheriv, createDecipheriv, createHash } from "node:crypto";

/** Padding fills up to 32 bytes, twice the cipher's own block: the library's padding must stay off. */
const paddingBlock = 32;
const randomBytes = 16;
const lengthBytes = 4;

/** SHA1 hex over all parts, sorted by their bytes and joined: of Token, timestamp, nonce and, where there is one, the ciphertext. */
export function pushSignature(...parts: readonly string[]): string {
	const sorted = parts.map((part) => Buffer.from(part)).sort(Buffer.compare);
	return createHash("sha1").update(Buffer.concat(sorted)).digest("hex");
}

/**
 * The message in a ciphertext. `appId`: whom it must be for.
 * @throws Error saying what is wrong with it, without quoting it
 */
export function openPush(encrypted: string, encodingAesKey: string, appId: string): string {
	const decipher = createDecipheriv("aes-256-cbc", ...keyAndIv(encodingAesKey)).setAutoPadding(false);
	const padded = Buffer.concat([decipher.update(encrypted, "base64"), decipher.final()]);
	const plain = unpadded(padded);
	if (plain.length < randomBytes + lengthBytes) throw new Error("the ciphertext is too short");
	const start = randomBytes + lengthBytes;
	const end = start + plain.readUInt32BE(randomBytes);
	if (end > plain.length) throw new Error("the message is longer than the ciphertext");
	if (plain.toString("utf8", end) !== appId) throw new Error("the message is for another app");
	return plain.toString("utf8", start, end);
}

/** The ciphertext of a message, as an encrypted reply has it; the hub's own replies are plain. `random`: 16 characters. */
export function sealPush(message: string, encodingAesKey: string, appId: string, random: string): string {
	const content = Buffer.from(message);
	const length = Buffer.alloc(lengthBytes);
	length.writeUInt32BE(content.length);
	const plain = Buffer.concat([Buffer.from(random), length, content, Buffer.from(appId)]);
	const missing = paddingBlock - (plain.length % paddingBlock);
	const cipher = createCipheriv("aes-256-cbc", ...keyAndIv(encodingAesKey)).setAutoPadding(false);
	return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(missing, missing)), cipher.final()]).toString(
		"base64",
	);
}

/** 43 characters of base64 are 32 bytes; the last may carry spare bits, which Node's decoder lets pass. */
function keyAndIv(encodingAesKey: string): [key: Buffer, iv: Buffer] {
	const key = Buffer.from(`${encodingAesKey}=`, "base64");
	if (key.length !== 32) throw new Error("the EncodingAESKey is not of 43 characters");
	return [key, key.subarray(0, 16)];
}

function unpadded(padded: Buffer): Buffer {
	const size = padded.at(-1) ?? 0;
	const padding = padded.subarray(padded.length - size);
	if (size < 1 || size > paddingBlock || padding.length !== size || padding.some((byte) => byte !== size)) {
		throw new Error("the padding is wrong");
	}
	return padded.subarray(0, padded.length - size);
}
