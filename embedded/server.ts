/** The whole store: a data folder, its reader threads, and a server that answers MongoDB clients. */
import { Dispatcher } from "./command/dispatcher.ts";
import { IndexBuilder } from "./engine/index-build.ts";
import { ReaderPool } from "./engine/reader-pool.ts";
import { Store } from "./engine/store.ts";
import { TtlMonitor } from "./engine/ttl.ts";
import { type Address, WireServer } from "./wire/server.ts";

/** As often as MongoDB's own monitor. */
const TTL_EVERY_MS = 60_000;

export interface RunningStore {
	/** What a client connects to. */
	url: string;
	/** Finishes the writes in hand, closes the file, gives the folder back. */
	close(): Promise<void>;
}

/** Throws FolderInUse when another process has the folder, or why it can't listen. */
export async function startStore(
	directory: string,
	address: Address,
	options: { ttlEveryMs?: number } = {},
): Promise<RunningStore> {
	const store = new Store(directory);
	const readers = new ReaderPool(store.file);
	const ttl = new TtlMonitor(store, options.ttlEveryMs ?? TTL_EVERY_MS);
	const wire: WireServer = new WireServer((message, connectionId) => dispatcher.answer(message, connectionId));
	const dispatcher = new Dispatcher(
		{
			store,
			indexBuilder: new IndexBuilder(store),
			startedAt: Date.now(),
			openConnections: () => wire.openConnections,
		},
		readers,
	);
	const close = async (): Promise<void> => {
		await wire.close();
		await ttl.stop();
		await readers.close();
		store.close();
	};
	try {
		readers.start();
		const url = await wire.listen(address);
		ttl.start();
		return { url, close };
	} catch (error) {
		await close();
		throw error;
	}
}
