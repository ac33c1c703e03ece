/** Looks for secrets and people's data where they must not be, in whatever dress they come. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { EJSON } from "bson";
import { MongoClient } from "mongodb";

/** What must not be found, by a name that may be told. */
export type Canaries = Readonly<Record<string, string>>;

/** `<place>: <canary> as <dress>` */
export type Hit = string;

export class CanarySearch {
	readonly #needles: { name: string; dress: string; bytes: Buffer }[];
	readonly hits: Hit[] = [];
	bytes = 0; // looked through

	constructor(canaries: Canaries) {
		this.#needles = Object.entries(canaries).flatMap(([name, value]) => {
			if (Buffer.byteLength(value) < 8) throw new Error(`the canary ${name} is too short to be told from chance`);
			return Object.entries(dressesOf(value)).map(([dress, bytes]) => ({ name, dress, bytes }));
		});
	}

	look(place: string, content: Buffer | string): void {
		const bytes = typeof content === "string" ? Buffer.from(content) : content;
		this.bytes += bytes.length;
		for (const needle of this.#needles)
			if (bytes.includes(needle.bytes)) this.hits.push(`${place}: ${needle.name} as ${needle.dress}`);
	}

	/** Every file under a folder, but for those that `skip` names. */
	async lookInFolder(dir: string, skip: (file: string) => boolean = () => false): Promise<void> {
		for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
			const file = path.relative(dir, path.join(entry.parentPath, entry.name));
			if (entry.isFile() && !skip(file)) this.look(file, await readFile(path.join(dir, file)));
		}
	}

	/** Every document of every collection: of the database that the URL names, or of them all. @returns the names of the collections that hold any */
	async lookInStore(url: string): Promise<string[]> {
		const client = await MongoClient.connect(url);
		const filled: string[] = [];
		try {
			for (const database of await databasesOf(client, url)) {
				for (const { name } of await client.db(database).listCollections().toArray()) {
					const documents = await client.db(database).collection(name).find().toArray();
					if (documents.length) filled.push(name);
					for (const document of documents) this.look(`${name} ${document._id}`, EJSON.stringify(document));
				}
			}
		} finally {
			await client.close();
		}
		return filled;
	}
}

async function databasesOf(client: MongoClient, url: string): Promise<string[]> {
	const [, named] = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(url) ?? [];
	if (named) return [named];
	const { databases } = await client.db().admin().listDatabases();
	return databases.map(({ name }) => name);
}

/** The ways a text may be written, each once. */
function dressesOf(value: string): Record<string, Buffer> {
	const dresses: Record<string, Buffer> = {
		"it is": Buffer.from(value),
		"UTF-16": Buffer.from(value, "utf16le"),
		hex: Buffer.from(Buffer.from(value).toString("hex")),
		"JSON with escapes": Buffer.from(value.replace(/[^ -~]/g, escaped)),
		"part of a URL": Buffer.from(encodeURIComponent(value)),
		// In base64 a text looks different by where in a group of three bytes it begins; the ends depend on neighbours.
		...Object.fromEntries([0, 1, 2].map((before) => [`base64 (${before})`, base64After(before, value)])),
	};
	const seen = new Set<string>();
	return Object.fromEntries(
		Object.entries(dresses).filter(
			([, bytes]) => !seen.has(bytes.toString("latin1")) && seen.add(bytes.toString("latin1")),
		),
	);
}

const escaped = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;

function base64After(before: number, value: string): Buffer {
	const whole = Buffer.concat([Buffer.alloc(before), Buffer.from(value)]);
	const text = whole.subarray(0, whole.length - (whole.length % 3)).toString("base64");
	return Buffer.from(before === 0 ? text : text.slice(4));
}
