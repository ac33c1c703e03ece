/** What one command may use. Times in milliseconds, sizes in bytes. */

/** For commands that don't bring their own `maxTimeMS`. */
export const DEFAULT_TIME_MS = 60_000;

/** Documents a read may look at on the main thread, about 10 ms of work; longer reads move to a reader thread. */
export const LOCAL_DOCUMENTS = 1000;

/** Documents held for a sort that no index gives. Source: MongoDB's internalQueryMaxBlockingSortMemoryUsageBytes. */
export const MAX_SORT_BYTES = 100 << 20;

/** Source: hello of a MongoDB server: maxBsonObjectSize, maxMessageSizeBytes, maxWriteBatchSize. */
export const MAX_DOCUMENT_BYTES = 16 << 20;
export const MAX_MESSAGE_BYTES = 48_000_000;
export const MAX_BATCH_DOCUMENTS = 100_000;

/** A batch of a cursor ends before its reply outgrows a document. */
export const MAX_REPLY_BYTES = 15 << 20;
export const DEFAULT_BATCH_DOCUMENTS = 101;
export const CURSOR_IDLE_MS = 600_000;

/** Reader threads: the second is started when the first is busy. */
export const MAX_READERS = 2;
export const READER_HEAP_MEGABYTES = 1024;
/** How long after its deadline a reader may go on before its thread is ended. */
export const READER_GRACE_MS = 2000;
