/** A running hub's REST gateway, for commands that people run beside it. */

export interface Account {
	url: string; // of the gateway, without /api/v1
	user: string;
	password: string;
}

interface Problem {
	title?: string;
	detail?: string;
	errors?: { field: string; message?: string }[];
}

export class HubClient {
	readonly #account: Account;
	#token: string | null = null;

	constructor(account: Account) {
		this.#account = account;
	}

	get = <T>(path: string): Promise<T> => this.#ask<T>("GET", path);
	post = <T>(path: string, body: object): Promise<T> => this.#ask<T>("POST", path, body);

	/** Signs in at first, and anew when the token has run out. @throws Error with the hub's own words */
	async #ask<T>(method: string, path: string, body?: object): Promise<T> {
		this.#token ??= await this.#signIn();
		let response = await this.#send(method, path, body, this.#token);
		if (response.status === 401) {
			this.#token = await this.#signIn();
			response = await this.#send(method, path, body, this.#token);
		}
		return read<T>(response);
	}

	async #signIn(): Promise<string> {
		const { user: username, password } = this.#account;
		const response = await this.#send("POST", "/auth/login", { username, password }, null);
		return (await read<{ token: string }>(response)).token;
	}

	async #send(method: string, path: string, body: object | undefined, token: string | null): Promise<Response> {
		const { url } = this.#account;
		try {
			return await fetch(`${url}/api/v1${path}`, {
				method,
				headers: {
					"accept-language": "en",
					...(token && { authorization: `Bearer ${token}` }),
					...(body && { "content-type": "application/json" }),
				},
				...(body && { body: JSON.stringify(body) }),
			});
		} catch {
			throw new Error(`no hub answers at ${url}: is it running, and is HUB_URL right?`);
		}
	}
}

async function read<T>(response: Response): Promise<T> {
	const text = await response.text();
	if (response.ok) return JSON.parse(text) as T;
	const { title = `HTTP ${response.status}`, detail = "", errors = [] } = problemIn(text);
	const fields = errors.map(({ field, message = "" }) => `  ${field} ${message}`.trimEnd());
	throw new Error([detail ? `${title}: ${detail}` : title, ...fields].join("\n"));
}

function problemIn(text: string): Problem {
	try {
		return JSON.parse(text) as Problem;
	} catch {
		return {}; // not the gateway's own words: a proxy's page
	}
}
