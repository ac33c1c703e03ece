import { createDecipheriv } from "node:crypto";
import { isRecord, parseJson, type RawRecord } from "../record.ts";

/**
 * The text of a pushed message: Base64 of AES-128-CBC with PKCS#5 padding, the key being the Base64-decoded message
 * secret and the IV sixteen zero bytes. No signature comes along, so that it decrypts to a JSON object in sound UTF-8
 * is the proof of its sender. Source: open platform documentation, message push.
 * @throws Error for anything else
 */
export function decryptMessage(body: string, messageSecret: string): { text: string; message: RawRecord } {
	const text = decoder.decode(decrypted(body.trim(), messageSecret)); // throws for bytes that are no UTF-8
	const message = parseJson(text);
	if (!isRecord(message)) throw new Error("not a message");
	return { text, message };
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decrypted(base64: string, messageSecret: string): Buffer {
	const bytes = Buffer.from(base64, "base64");
	// Node skips what is no Base64, and ignores spare bits: another text must not pass for the same message.
	if (bytes.length === 0 || bytes.toString("base64") !== base64) throw new Error("not Base64");
	const decipher = createDecipheriv("aes-128-cbc", Buffer.from(messageSecret, "base64"), Buffer.alloc(16));
	return Buffer.concat([decipher.update(bytes), decipher.final()]);
}
