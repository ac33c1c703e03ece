/** What a shop's app and token are known by. It goes to the hub and is never shown again. */
export interface Secrets {
	key: string;
	secret: string;
	signSecret: string;
	messageToken: string;
	messageKey: string;
	access: string;
	refresh: string;
	expires: string; // a field of time, see ../time-range.ts
}

export const noSecrets = (): Secrets => ({
	key: "",
	secret: "",
	signSecret: "",
	messageToken: "",
	messageKey: "",
	access: "",
	refresh: "",
	expires: "",
});

interface Given {
	app?: Partial<Record<"key" | "secret" | "signSecret" | "messageToken" | "messageKey", string>>;
	token?: { access: string; refresh?: string; expiresAt?: string };
}

const filled = <T extends Record<string, string>>(fields: T): Partial<T> =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as Partial<T>;

/** Only what was filled in: the rest stays as it is. @param expiresAt ISO; "" where the token has no end */
export function givenOf({ access, refresh, expires: _, ...app }: Secrets, expiresAt: string): Given {
	const keys = filled(app);
	const token = access ? { access, ...filled({ refresh, expiresAt }) } : undefined;
	return { ...(Object.keys(keys).length && { app: keys }), ...(token && { token }) };
}
