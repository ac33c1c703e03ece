/** What the page says to a print component and hears from it, in no vendor's words. */

/** What a person reads, in both languages. */
export interface Words {
	zh: string;
	en: string;
}

/** One label to print. `printData`: the platform's own text, as `GET /waybills/:id/print-data` gives it. */
export interface LabelDocument {
	documentId: string; // the tracking number
	printData: string;
}

/** `id`: of the request and of the task alike; never used twice. */
export interface PrintTask {
	id: string;
	printer: string;
	documents: readonly LabelDocument[];
}

/** How a label would look: an address to open, or images as data URLs. The component chooses. */
export interface Preview {
	url: string;
	images: readonly string[];
}

export interface Outcome {
	state: "printed" | "failed";
	reason: string; // the component's own words; "" for what is printed
}

/** A frame of the component that was understood. `id`: of the request or task it is about. */
export type Reading =
	| { kind: "printers"; id: string; printers: string[]; preferred: string }
	| { kind: "taken"; id: string } // what became of the labels is told later
	| { kind: "refused"; id: string; reason: string }
	| { kind: "preview"; id: string; preview: Preview }
	/** `all`: of every label that `each` does not name; null: nothing is known of those yet. */
	| { kind: "results"; id: string; each: ReadonlyMap<string, Outcome>; all: Outcome | null };

/** One vendor's protocol. All it writes and reads is JSON text. */
export interface PrintProtocol {
	/** Whether a request can carry this text. */
	carries(printData: string): boolean;
	printers(id: string): string;
	print(task: PrintTask): string;
	/** null where the component shows no label before it prints it. */
	preview: ((task: PrintTask) => string) | null;
	/** Asks what became of a task; null where the component cannot be asked. */
	askAbout: ((id: string, taskId: string) => string) | null;
	/** null for what is none of ours to read. */
	read(frame: string): Reading | null;
}
