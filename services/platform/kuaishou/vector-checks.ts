import type { Vector, VectorChecks } from "../vector.ts";
import { decryptMessage } from "./crypto.ts";
import { type SignMethod, sign } from "./sign.ts";

export const kuaishouChecks: VectorChecks = {
	"MD5 lower-case hex over sorted k=v joined by & plus &signSecret=": (vector) => signed(vector, "MD5"),
	"HMAC-SHA256 (key = signSecret), Base64 over sorted k=v joined by & plus &signSecret=": (vector) =>
		signed(vector, "HMAC_SHA256"),
	"message decrypt: Base64 -> AES-128-CBC, key = Base64-decoded message secret, IV = 16 zero bytes, PKCS#5 padding":
		messageText,
};

const signed = ({ params, secret }: Vector, method: SignMethod): string =>
	sign(params as Record<string, string>, secret ?? "", method);

/** The files write "reject" where a message must be refused. */
function messageText({ params, secret }: Vector): string {
	try {
		return decryptMessage((params as { body: string }).body, secret ?? "").text;
	} catch {
		return "reject";
	}
}
