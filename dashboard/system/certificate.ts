/** The state of every credential, as `GET /certificate` tells it (services/system/certificate.ts). Pure. */
import type { Colour } from "../colours.ts";
import type { Words } from "../language.ts";

export interface ShopCredential {
	_id: string;
	platform: string;
	name: string;
	status: string; // ACTIVE, DISABLED, or why it cannot be read
	reason: string;
	appKeyEnd: string;
	authorisedUntil: string | null;
	daysLeft: number | null; // negative: it has ended
	renewsItself: boolean;
	gatewayHost: string;
}

export interface Certificate {
	signingKeys: { kid: string; signsFrom: string }[];
	shops: ShopCredential[];
	connections: {
		_id: string;
		name: string;
		dialect: string;
		status: "ACTIVE" | "DISABLED";
		secretNames: string[];
	}[];
	clients: { _id: string; name: string; disabled: boolean; secretSince: string; previousUntil: string | null }[];
}

export interface Look {
	rank: number; // what asks for somebody comes first
	colour: Colour;
	words: Words;
}

const soonDays = 15;

/** `{n}` in the words: the days that are left. */
export function authorisationLook({ status, daysLeft, renewsItself }: ShopCredential): Look {
	if (status === "DISABLED") return { rank: 5, colour: "grey", words: ["店铺已停用", "the shop is off"] };
	if (status === "TOKEN_EXPIRED" || (daysLeft !== null && daysLeft < 0 && !renewsItself)) {
		return { rank: 0, colour: "red", words: ["授权已失效，请重新授权", "ended: the seller must authorise it again"] };
	}
	if (renewsItself) return { rank: 3, colour: "green", words: ["自动续期", "renews itself"] };
	if (daysLeft === null) return { rank: 4, colour: "grey", words: ["平台未提供有效期", "the platform tells no end"] };
	if (daysLeft <= soonDays) return { rank: 1, colour: "orange", words: ["还剩 {n} 天", "{n} days left"] };
	return { rank: 2, colour: "green", words: ["还剩 {n} 天", "{n} days left"] };
}
