import type { Vector, VectorChecks } from "../vector.ts";
import { openPush, pushSignature, sealPush } from "./push-crypto.ts";

export const weixinChecks: VectorChecks = {
	"SHA1 hex over the byte-wise sorted and joined strings token, timestamp, nonce": urlVerification,
	"secure-mode push: msg_signature = SHA1 hex over sorted token,timestamp,nonce,encrypt; then AES-256-CBC decrypt, PKCS#7 block 32, layout random16+len4+msg+appid":
		push,
	"secure-mode reply: AES-256-CBC encrypt of random16+len4(big endian)+msg+appid, PKCS#7 block 32, Base64; MsgSignature = SHA1 hex over sorted token,timestamp,nonce,encrypt":
		reply,
};

type Texts = Record<string, string>;

function urlVerification({ params, secret }: Vector): string {
	const { timestamp = "", nonce = "", signature } = params as Texts;
	const right = pushSignature(secret ?? "", timestamp, nonce);
	return signature === undefined || signature === right ? right : "reject";
}

/** What is in the push, or "reject" for one that is not proved to be the platform's. */
function push({ params }: Vector): string | Texts {
	const {
		token = "",
		timestamp = "",
		nonce = "",
		encrypt = "",
		encodingAESKey = "",
		appid = "",
		...rest
	} = params as Texts;
	const signature = pushSignature(token, timestamp, nonce, encrypt);
	if (rest.msg_signature !== signature) return "reject";
	try {
		return { msg_signature: signature, message: openPush(encrypt, encodingAESKey, appid) };
	} catch {
		return "reject"; // whatever was wrong with it
	}
}

function reply({ params }: Vector): Texts {
	const {
		token = "",
		timestamp = "",
		nonce = "",
		message = "",
		encodingAESKey = "",
		appid = "",
		random16 = "",
	} = params as Texts;
	const encrypt = sealPush(message, encodingAESKey, appid, random16);
	return { Encrypt: encrypt, MsgSignature: pushSignature(token, timestamp, nonce, encrypt) };
}
