/**
 * The ciphertext that platforms give for a print component. The platforms' simulators write it and the components'
 * read it; nobody in between can. It carries the number alone: a component looks the rest up when it prints.
 */
import { createCipheriv, createDecipheriv, createHash } from "node:crypto";

export interface Sealed {
	platform: string;
	trackingNo: string;
}

const key = createHash("sha256").update("the sandbox's platforms and print components").digest();
const digestBytes = 16;

/** The same text for the same number. */
export function seal({ platform, trackingNo }: Sealed): string {
	const plain = JSON.stringify([platform, trackingNo]);
	const iv = createHash("md5").update(plain).digest();
	const cipher = createCipheriv("aes-256-cbc", key, iv);
	return Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final()]).toString("base64");
}

/** null for a text that no platform here has sealed. */
export function unseal(text: string): Sealed | null {
	const bytes = Buffer.from(text, "base64");
	const iv = bytes.subarray(0, digestBytes);
	try {
		const decipher = createDecipheriv("aes-256-cbc", key, iv);
		const plain = Buffer.concat([decipher.update(bytes.subarray(digestBytes)), decipher.final()]).toString("utf8");
		const [platform, trackingNo] = JSON.parse(plain) as [string, string];
		return { platform, trackingNo };
	} catch {
		return null; // not ours, or not whole
	}
}

/** What stands beside the ciphertext where a platform signs it. */
export const signatureOf = (sealed: string): string => createHash("md5").update(sealed).digest("base64");
